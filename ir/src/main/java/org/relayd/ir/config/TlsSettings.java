package org.relayd.ir.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.TlsVersion;

/**
 * TLS settings of a protocol, for both sides of a relay.
 *
 * @param versions
 *            versions that are offered, oldest first; never empty
 * @param ciphers
 *            OpenSSL cipher list; default {@code HIGH:!aNULL}, in 5.1 {@code HIGH:!ADH}
 * @param ecdhe
 *            curves, or {@code default}, {@code auto}, {@code none}
 * @param edh
 *            {@code none}, {@code auto} or {@code legacy}; default none
 * @param serverPreference
 *            whether the server chooses the cipher; default true
 * @param clientRenegotiation
 *            whether clients may renegotiate; default false
 * @param tickets
 *            whether session tickets are given out; default false
 * @param sessionCache
 *            5.1 session cache
 * @param caFile
 *            certificates that verify servers
 * @param caCert
 *            certificate of the CA for TLS inspection
 * @param caKey
 *            key of the CA for TLS inspection
 * @param clientCa
 *            certificates that clients must be verified by
 * @param keypairs
 *            names of certificates and keys in file order; empty to use the listen address
 */
public record TlsSettings(List<TlsVersion> versions, String ciphers, String ecdhe, String edh, boolean serverPreference,
        boolean clientRenegotiation, boolean tickets, SessionCache sessionCache, Optional<String> caFile,
        Optional<String> caCert,
        Optional<CaKey> caKey, Optional<String> clientCa, List<String> keypairs) {

    /** Copies the lists. */
    public TlsSettings {
        versions = List.copyOf(versions);
        keypairs = List.copyOf(keypairs);
    }

    /** Returns the settings of a protocol that sets none. */
    public static TlsSettings defaults(Dialect dialect) {
        List<TlsVersion> versions = switch (dialect) {
            case V5_1 -> List.of(TlsVersion.SSLV3, TlsVersion.TLSV1);
            case CURRENT -> List.of(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3);
        };
        String ciphers = dialect == Dialect.V5_1 ? "HIGH:!ADH" : "HIGH:!aNULL";
        return new TlsSettings(versions, ciphers, "default", "none", true, false, false,
                new SessionCache(OptionalLong.empty(), true),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * Session cache of dialect 5.1.
     *
     * @param size
     *            bytes; empty for the library's default
     * @param enabled
     *            false after {@code session cache disable}
     */
    public record SessionCache(OptionalLong size, boolean enabled) {}

    /**
     * Private key of the inspecting CA.
     *
     * @param path
     *            PEM file
     * @param password
     *            its password; never printed or logged
     */
    public record CaKey(String path, String password) {

        /** Returns the path only. */
        @Override
        public String toString() {
            return "CaKey[" + path + "]";
        }
    }
}
