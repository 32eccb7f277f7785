package org.relayd.ir.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.ProxyProtocol;

/**
 * A layer 7 relay with one listener. relayd.conf(5): RELAYS.
 *
 * @param id
 *            its number
 * @param name
 *            its name; for further listen lines {@code NAME} + id + {@code :} + port
 * @param disabled
 *            whether connections are accepted and closed at once
 * @param address
 *            listen address
 * @param port
 *            listen port
 * @param tls
 *            whether clients speak TLS
 * @param protocol
 *            settings and rules; the built-in {@code default} protocol if none is named
 * @param forward
 *            where sessions go
 * @param sessionTimeout
 *            idle time that ends a session; default 600 s
 * @param keyPairs
 *            files of the certificates shown to clients, the first one by default; empty if clients do not speak TLS
 */
public record Relay(RelayId id, String name, boolean disabled, IpAddress address, Port port, boolean tls,
        Protocol protocol, Forward forward,
        Duration sessionTimeout, List<KeyPairFiles> keyPairs) {

    /** Copies the list. */
    public Relay {
        keyPairs = List.copyOf(keyPairs);
    }

    /**
     * Files of one key pair. relayd.conf(5): FILES.
     *
     * @param certificate
     *            PEM file of the certificate chain
     * @param key
     *            PEM file of the private key
     * @param ocsp
     *            DER file of a stapled OCSP response, if there is one
     */
    public record KeyPairFiles(String certificate, String key, Optional<String> ocsp) {}

    /**
     * Where the sessions of a relay go. At least one of target, tables, NAT look-up and destination is set; tables win
     * over the fixed target, destination and NAT look-up win over both while they yield an address.
     *
     * @param target
     *            fixed address, if one is written
     * @param tables
     *            main table and backup tables in file order; may be empty
     * @param natLookup
     *            whether the packet filter's translation is asked for the target
     * @param destination
     *            whether the address that the client connected to is the target
     * @param retry
     *            further connect attempts of target, NAT look-up and destination
     * @param transparent
     *            whether the target sees the client's address
     * @param tls
     *            whether targets speak TLS
     * @param mapping
     *            change of the address family on the way
     * @param proxyProtocol
     *            PROXY protocol header sent first, if asked for
     * @param key
     *            key of the hashing modes: that of the first table that has one
     */
    public record Forward(Optional<TargetAddress> target, List<RelayTable> tables, boolean natLookup,
            boolean destination,
            int retry,
            boolean transparent, boolean tls, Optional<Mapping> mapping, Optional<ProxyProtocol> proxyProtocol,
            Optional<HashKey> key) {

        /** Copies the list. */
        public Forward {
            tables = List.copyOf(tables);
        }
    }

    /**
     * A fixed address.
     *
     * @param name
     *            as written
     * @param address
     *            the address it stands for
     * @param port
     *            the port
     */
    public record TargetAddress(String name, IpAddress address, Port port) {}

    /** Change of the address family on the way to the target. */
    public sealed interface Mapping {

        /** {@code inet}: the target is the low 32 bits of an IPv6 address. */
        record ToInet() implements Mapping {}

        /**
         * {@code inet6 prefix}: the target is the IPv4 address in the low 32 bits of the prefix.
         *
         * @param prefix
         *            an IPv6 address
         */
        record ToInet6(IpAddress prefix) implements Mapping {}
    }
}
