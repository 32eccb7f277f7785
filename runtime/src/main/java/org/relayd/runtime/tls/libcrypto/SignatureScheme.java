package org.relayd.runtime.tls.libcrypto;

import java.util.Arrays;
import java.util.Optional;

/** Schemes of RSA by which a TLS server signs. RFC 8446, 4.2.3. */
enum SignatureScheme {
    /** RSA with PKCS#1 and SHA-1: of TLS 1.2, for clients that know no better. */
    PKCS1_SHA1(0x0201, "EVP_sha1", false),
    PKCS1_SHA256(0x0401, "EVP_sha256", false),
    PKCS1_SHA384(0x0501, "EVP_sha384", false),
    PKCS1_SHA512(0x0601, "EVP_sha512", false),
    PSS_SHA256(0x0804, "EVP_sha256", true),
    PSS_SHA384(0x0805, "EVP_sha384", true),
    PSS_SHA512(0x0806, "EVP_sha512", true),
    /** MD5 and SHA-1, one after the other: of TLS 1.0 and 1.1, under the number that BoringSSL has for it. */
    PKCS1_MD5_SHA1(0xff01, "EVP_md5_sha1", false);

    private final int number;
    private final String digest;
    private final boolean pss;

    SignatureScheme(int number, String digest, boolean pss) {
        this.number = number;
        this.digest = digest;
        this.pss = pss;
    }

    /** Returns the one of a number. */
    static Optional<SignatureScheme> of(int number) {
        return Arrays.stream(values()).filter(one -> one.number == number).findFirst();
    }

    /** Returns the function that answers the digest. */
    String digest() {
        return digest;
    }

    /** Whether it is RSASSA-PSS, with a salt as long as the digest and MGF1 of the same digest; PKCS#1 v1.5 else. */
    boolean isPss() {
        return pss;
    }
}
