package org.relayd.runtime.tls.libcrypto;

import java.util.Arrays;
import java.util.Optional;

/** Schemes by which a TLS server signs. RFC 8446, 4.2.3. */
enum SignatureScheme {
    /** RSA with PKCS#1 and SHA-1: of TLS 1.2, for clients that know no better. */
    PKCS1_SHA1(0x0201, Digest.SHA1, Family.PKCS1),
    PKCS1_SHA256(0x0401, Digest.SHA256, Family.PKCS1),
    PKCS1_SHA384(0x0501, Digest.SHA384, Family.PKCS1),
    PKCS1_SHA512(0x0601, Digest.SHA512, Family.PKCS1),
    PSS_SHA256(0x0804, Digest.SHA256, Family.PSS),
    PSS_SHA384(0x0805, Digest.SHA384, Family.PSS),
    PSS_SHA512(0x0806, Digest.SHA512, Family.PSS),
    /** MD5 and SHA-1, one after the other: of TLS 1.0 and 1.1, under the number that BoringSSL has for it. */
    PKCS1_MD5_SHA1(0xff01, Digest.MD5_AND_SHA1, Family.PKCS1),
    /** Of TLS 1.2 and before, for clients that know no better. */
    ECDSA_SHA1(0x0203, Digest.SHA1, Family.ECDSA),
    /** With P-256 in TLS 1.3, with any curve before; so the others. */
    ECDSA_SHA256(0x0403, Digest.SHA256, Family.ECDSA),
    ECDSA_SHA384(0x0503, Digest.SHA384, Family.ECDSA),
    ECDSA_SHA512(0x0603, Digest.SHA512, Family.ECDSA);

    private final int number;
    private final Digest digest;
    private final Family family;

    SignatureScheme(int number, Digest digest, Family family) {
        this.number = number;
        this.digest = digest;
        this.family = family;
    }

    /** What of the content is signed. */
    enum Digest {
        SHA1("SHA1"),
        SHA256("SHA2-256"),
        SHA384("SHA2-384"),
        SHA512("SHA2-512"),
        MD5_AND_SHA1("MD5-SHA1");

        private final String library;

        Digest(String library) {
            this.library = library;
        }

        /** Returns the name that the library has for it, EVP_MD_fetch(3). */
        String library() {
            return library;
        }
    }

    /** How the digest is signed. */
    enum Family {
        /** RSASSA-PKCS1-v1_5. */
        PKCS1,
        /** RSASSA-PSS, with a salt as long as the digest and MGF1 of the same digest. */
        PSS,
        /** ECDSA, DER. */
        ECDSA
    }

    /** Returns the one of a number. */
    static Optional<SignatureScheme> of(int number) {
        return Arrays.stream(values()).filter(one -> one.number == number).findFirst();
    }

    Digest digest() {
        return digest;
    }

    Family family() {
        return family;
    }
}
