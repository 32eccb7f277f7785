package org.relayd.ir.tls;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Groups for key exchange that a configuration can name, in any case, by the names of TLS (RFC 8422, RFC 8446,
 * draft-ietf-tls-ecdhe-mlkem) and of OpenSSL. A list and no question to a TLS library, because a configuration is
 * checked before one is loaded, and for other machines too.
 */
public enum KeyGroup {
    /** X25519 together with ML-KEM-768, against quantum computers. */
    X25519MLKEM768("X25519MLKEM768", true, ""),
    /** Curve25519. */
    X25519("X25519", true, ""),
    /** NIST's curve of 256 bits. */
    P_256("P-256", true, "prime256v1 secp256r1"),
    /** NIST's curve of 384 bits. */
    P_384("P-384", true, "secp384r1"),
    /** NIST's curve of 521 bits. */
    P_521("P-521", true, "secp521r1"),
    /** NIST's curve of 224 bits; OpenBSD has it, TLS 1.3 has not. */
    P_224("P-224", false, "secp224r1"),
    /** Koblitz' curve of 256 bits; OpenBSD has it, TLS 1.3 has not. */
    SECP256K1("secp256k1", false, ""),
    /** P-256 together with ML-KEM-768. */
    P_256_MLKEM768("SecP256r1MLKEM768", false, ""),
    /** P-384 together with ML-KEM-1024. */
    P_384_MLKEM1024("SecP384r1MLKEM1024", false, ""),
    /** Curve448. */
    X448("X448", false, "");

    private final String word;
    private final boolean offered;
    /** Separated by blanks. */
    private final String aliases;

    KeyGroup(String word, boolean offered, String aliases) {
        this.word = word;
        this.offered = offered;
        this.aliases = aliases;
    }

    /** Returns the group of a name. */
    public static Optional<KeyGroup> named(String name) {
        return Arrays.stream(values()).filter(group -> group.isCalled(name)).findFirst();
    }

    private boolean isCalled(String name) {
        return word.equalsIgnoreCase(name)
                || (!name.isEmpty() && Stream.of(aliases.split(" ", -1)).anyMatch(name::equalsIgnoreCase));
    }

    /** Returns the name by which BoringSSL and TLS know it, such as {@code X25519} or {@code P-256}. */
    public String word() {
        return word;
    }

    /** Returns whether it is offered here. */
    public boolean isOffered() {
        return offered;
    }
}
