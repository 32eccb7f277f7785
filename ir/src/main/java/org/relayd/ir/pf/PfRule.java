package org.relayd.ir.pf;

import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.term.SchedulingMode;

/**
 * One pf rule as relayd loads it. pf.conf(5).
 *
 * @param match
 *            {@code match in} instead of {@code pass in quick}
 * @param log
 *            whether packets are logged to pflog(4)
 * @param interfaceName
 *            only packets that come in there
 * @param routingDomain
 *            routing domain of the daemon, whose packets alone are taken; 0 is the default one
 * @param protocol
 *            what the packets carry
 * @param destination
 *            the listen address
 * @param ports
 *            the listen ports
 * @param establishedTimeout
 *            tcp.established, seconds; only for tcp; 0 for the packet filter's default
 * @param tag
 *            tag, if one is set
 * @param pool
 *            where packets go
 */
public record PfRule(boolean match, boolean log, Optional<String> interfaceName, int routingDomain,
        IpProtocol protocol, IpAddress destination, PortRange ports, OptionalInt establishedTimeout,
        Optional<String> tag,
        Pool pool) {

    /** Where packets go. */
    public sealed interface Pool {

        /** Returns the pf table with the hosts. */
        String table();

        /** Returns how a host is chosen. */
        Selection selection();

        /**
         * {@code rdr-to}: the destination is rewritten.
         *
         * @param table
         *            the pf table
         * @param port
         *            new port; empty to keep the packet's
         * @param selection
         *            how a host is chosen
         */
        record RedirectTo(String table, Optional<Port> port, Selection selection) implements Pool {}

        /**
         * {@code route-to}: the packet is sent on unchanged, with sloppy states.
         *
         * @param table
         *            the pf table
         * @param interfaceName
         *            outgoing interface
         * @param selection
         *            how a host is chosen
         */
        record RouteTo(String table, String interfaceName, Selection selection) implements Pool {}
    }

    /**
     * How a pool chooses a host.
     *
     * @param mode
     *            roundrobin, least-states, random or source-hash
     * @param key
     *            key of source-hash, if one is set
     * @param sticky
     *            whether a client address stays with its host
     */
    public record Selection(SchedulingMode mode, Optional<HashKey> key, boolean sticky) {}
}
