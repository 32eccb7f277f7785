package org.relayd.ir.tls;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The cipher suites below TLS 1.3 that are offered, in the library's order. Those whose keys are transported by RSA are
 * not: whoever gets hold of the key reads all that was ever said with them (RFC 9325 4.1), and a key that is kept
 * elsewhere would have to decrypt for them. Those with shared keys (PSK) have no certificate.
 */
public enum CipherSuite {
    /** AES-GCM, 128 bits, ECDSA. */
    ECDSA_AES128_GCM(Signer.ECDSA, Cipher.AES128_GCM),
    /** AES-GCM, 128 bits, RSA. */
    RSA_AES128_GCM(Signer.RSA, Cipher.AES128_GCM),
    /** AES-GCM, 256 bits, ECDSA. */
    ECDSA_AES256_GCM(Signer.ECDSA, Cipher.AES256_GCM),
    /** AES-GCM, 256 bits, RSA. */
    RSA_AES256_GCM(Signer.RSA, Cipher.AES256_GCM),
    /** ChaCha20, ECDSA. */
    ECDSA_CHACHA20(Signer.ECDSA, Cipher.CHACHA20),
    /** ChaCha20, RSA. */
    RSA_CHACHA20(Signer.RSA, Cipher.CHACHA20),
    /** AES-CBC with SHA-1, 128 bits, ECDSA: of TLS 1.0. */
    ECDSA_AES128_SHA(Signer.ECDSA, Cipher.AES128_SHA),
    /** AES-CBC with SHA-1, 128 bits, RSA: of TLS 1.0. */
    RSA_AES128_SHA(Signer.RSA, Cipher.AES128_SHA),
    /** AES-CBC with SHA-1, 256 bits, ECDSA: of TLS 1.0. */
    ECDSA_AES256_SHA(Signer.ECDSA, Cipher.AES256_SHA),
    /** AES-CBC with SHA-1, 256 bits, RSA: of TLS 1.0. */
    RSA_AES256_SHA(Signer.RSA, Cipher.AES256_SHA),
    /** AES-CBC with SHA-256, 128 bits, RSA: offered if it is called by its name. */
    RSA_AES128_SHA256(Signer.RSA, Cipher.AES128_SHA256);

    private static final Set<String> OF_ALL = Set.of("ALL", "DEFAULT", "HIGH", "FIPS", "kECDHE", "kEECDH", "ECDHE",
            "EECDH", "ECDH");

    private final Signer signer;
    private final Cipher cipher;

    CipherSuite(Signer signer, Cipher cipher) {
        this.signer = signer;
        this.cipher = cipher;
    }

    /** Returns the name that openssl-ciphers(1) has for it, such as {@code ECDHE-RSA-AES128-GCM-SHA256}. */
    public String word() {
        return "ECDHE-" + signer + "-" + cipher.word;
    }

    /** Returns the name in the registry of TLS, such as {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}. */
    public String tlsName() {
        return "TLS_ECDHE_" + signer + "_WITH_" + cipher.tlsName;
    }

    /** Returns whether it goes with certificates of ECDSA, not with those of RSA. */
    public boolean isForCurves() {
        return signer == Signer.ECDSA;
    }

    /** Returns the length of its key in bits. */
    public int bits() {
        return cipher.bits;
    }

    /** Returns the suite of a name of either kind. */
    static Optional<CipherSuite> named(String name) {
        return Stream.of(values()).filter(suite -> suite.word().equals(name) || suite.tlsName().equals(name))
                .findFirst();
    }

    /** Returns whether a word for several suites means this one too. */
    boolean isMeantBy(String word) {
        return OF_ALL.contains(word) || signer.isMeantBy(word) || cipher.isMeantBy(word);
    }

    /** Returns whether it is chosen by words for several suites, not only by its name. */
    boolean isCommon() {
        return cipher != Cipher.AES128_SHA256;
    }

    /** Who signs. */
    private enum Signer {
        ECDSA, RSA;

        boolean isMeantBy(String word) {
            return switch (this) {
                case ECDSA -> word.equals("aECDSA") || word.equals("ECDSA");
                // What OpenSSL calls RSA is the transport of keys.
                case RSA -> word.equals("aRSA");
            };
        }
    }

    /** What the traffic is encrypted with. */
    private enum Cipher {
        AES128_GCM("AES128-GCM-SHA256", "AES_128_GCM_SHA256", 128),
        AES256_GCM("AES256-GCM-SHA384", "AES_256_GCM_SHA384", 256),
        CHACHA20("CHACHA20-POLY1305", "CHACHA20_POLY1305_SHA256", 256),
        AES128_SHA("AES128-SHA", "AES_128_CBC_SHA", 128),
        AES256_SHA("AES256-SHA", "AES_256_CBC_SHA", 256),
        AES128_SHA256("AES128-SHA256", "AES_128_CBC_SHA256", 128);

        private final String word;
        private final String tlsName;
        private final int bits;

        Cipher(String word, String tlsName, int bits) {
            this.word = word;
            this.tlsName = tlsName;
            this.bits = bits;
        }

        boolean isMeantBy(String word) {
            return switch (this) {
                case AES128_GCM -> Set.of("AES128", "AES", "AESGCM", "TLSv1.2").contains(word);
                case AES256_GCM -> Set.of("AES256", "AES", "AESGCM", "TLSv1.2").contains(word);
                case CHACHA20 -> Set.of("CHACHA20", "TLSv1.2").contains(word);
                case AES128_SHA -> Set.of("AES128", "AES", "SHA", "SHA1", "TLSv1", "SSLv3").contains(word);
                case AES256_SHA -> Set.of("AES256", "AES", "SHA", "SHA1", "TLSv1", "SSLv3").contains(word);
                case AES128_SHA256 -> Set.of("AES128", "AES", "TLSv1.2").contains(word);
            };
        }
    }
}
