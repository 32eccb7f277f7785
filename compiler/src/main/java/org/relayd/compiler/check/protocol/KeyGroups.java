package org.relayd.compiler.check.protocol;

import java.util.Locale;
import java.util.Set;

/**
 * The groups for key exchange that a configuration can name, in any case, by the names of TLS (RFC 8422, RFC 8446,
 * draft-ietf-tls-ecdhe-mlkem) and of OpenSSL. A list and no question to a TLS library, because a configuration is
 * checked before one is loaded, and for other machines too; a test compares it with the library.
 */
final class KeyGroups {
    /** What OpenBSD's library has as well. */
    private static final Set<String> PORTABLE = Set.of("x25519mlkem768", "x25519", "p-224", "p-256", "p-384", "p-521",
            "prime256v1", "secp224r1", "secp256r1", "secp256k1", "secp384r1", "secp521r1");
    private static final Set<String> OTHERS = Set.of("secp256r1mlkem768", "secp384r1mlkem1024", "x448");

    private KeyGroups() {}

    /** Returns whether a TLS library has the group. */
    static boolean isKnown(String name) {
        return isPortable(name) || OTHERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Returns whether OpenBSD has the group too. */
    static boolean isPortable(String name) {
        return PORTABLE.contains(name.toLowerCase(Locale.ROOT));
    }
}
