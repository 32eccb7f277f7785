/**
 * Certificates and private keys from the text that users bring (PEM, RFC 7468), taken apart by Bouncy Castle: the only
 * package for that, loaded when a configuration has files of that kind. Octets in, no files; messages name the file and
 * never tell what stands in it.
 */
package org.relayd.runtime.tls.pem;
