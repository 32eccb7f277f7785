package org.relayd.ir.plan;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.ProxyProtocol;

/** A station of a session. */
public sealed interface RelayNode {

    /**
     * Accepts clients.
     *
     * @param address
     *            listen address
     * @param port
     *            listen port
     * @param tcp
     *            socket settings of both sides
     * @param tls
     *            present if clients speak TLS
     * @param disabled
     *            whether connections are closed at once
     */
    record Listen(IpAddress address, Port port, Protocol.TcpSettings tcp, Optional<ServerTls> tls, boolean disabled)
            implements RelayNode {}

    /**
     * How clients speak TLS.
     *
     * @param settings
     *            those of the protocol
     * @param keyPairs
     *            files of the certificates shown to clients, the first one by default
     */
    record ServerTls(TlsSettings settings, List<Relay.KeyPairFiles> keyPairs) {
        /** Copies the list. */
        public ServerTls {
            keyPairs = List.copyOf(keyPairs);
        }
    }

    /** Looks at what passes. */
    sealed interface Inspect extends RelayNode {

        /** Nothing is looked at: bytes are copied. */
        record Copy() implements Inspect {}

        /**
         * HTTP messages are parsed, filtered and changed.
         *
         * @param protocol
         *            name of the protocol
         * @param settings
         *            limits
         * @param errorPages
         *            present if errors are answered with a page
         * @param filter
         *            rules or actions
         */
        record Http(String protocol, Protocol.HttpSettings settings, Optional<Protocol.ErrorPages> errorPages,
                Filter filter)
                implements Inspect {}

        /** DNS datagrams get new ids. */
        record Dns(String protocol) implements Inspect {}
    }

    /**
     * Chooses the target.
     *
     * @param tables
     *            main table and backup tables, in order of preference; may be empty
     * @param fallback
     *            fixed address, used if there is no table, or if NAT look-up or destination yield none
     * @param source
     *            where the target comes from in the first place
     * @param retry
     *            further connect attempts to a target that is not a table's host
     * @param key
     *            key of the hashing modes
     */
    record Select(List<RelayTable> tables, Optional<Relay.TargetAddress> fallback, TargetSource source, int retry,
            Optional<HashKey> key)
            implements RelayNode {

        /** Copies the list. */
        public Select {
            tables = List.copyOf(tables);
        }
    }

    /** Where the target of a session comes from in the first place. */
    enum TargetSource {
        /** From the tables or the fixed address. */
        CONFIGURED,
        /** From the packet filter's translation. */
        NAT_LOOKUP,
        /** From the address that the client connected to. */
        DESTINATION
    }

    /**
     * Reaches the target.
     *
     * @param tls
     *            present if targets speak TLS
     * @param transparent
     *            whether the target sees the client's address
     * @param mapping
     *            change of the address family
     * @param proxyProtocol
     *            PROXY protocol header sent first
     * @param tcp
     *            socket settings
     */
    record Connect(Optional<TlsSettings> tls, boolean transparent, Optional<Relay.Mapping> mapping,
            Optional<ProxyProtocol> proxyProtocol,
            Protocol.TcpSettings tcp) implements RelayNode {}
}
