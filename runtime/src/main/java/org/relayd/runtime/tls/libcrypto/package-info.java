/**
 * Private keys in the system's libcrypto (OpenSSL 3 or later), called through {@code java.lang.foreign}. It is what
 * signs in a process that speaks no TLS. Where TLS is spoken it signs with RSA on processors with AVX-512 IFMA: with a
 * key of 2048 bits in about half the time that BoringSSL takes, and that signature is most of what a handshake with
 * such a certificate costs. Nothing else of the library is used.
 */
package org.relayd.runtime.tls.libcrypto;
