package org.relayd.ir.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.term.SchedulingMode;

/**
 * A layer 3 redirection in the packet filter. relayd.conf(5): REDIRECTIONS.
 *
 * @param id
 *            its number
 * @param name
 *            its name, also that of its packet filter table
 * @param disabled
 *            whether it waits until relayctl(8) enables it
 * @param sticky
 *            whether a client address stays with its host
 * @param tag
 *            packet filter tag, if one is set
 * @param match
 *            whether the rule only matches ({@code match pftag}) instead of passing at once
 * @param pflog
 *            whether packets are logged to pflog(4)
 * @param port
 *            first port of the first listen line
 * @param table
 *            main table
 * @param backup
 *            table used while the main one has no host up
 * @param mode
 *            how hosts are chosen
 * @param key
 *            key of source-hash, if one is set
 * @param sessionTimeout
 *            idle time after which an established TCP connection is forgotten; default 600 s
 * @param listeners
 *            in the original's stored order: the last one of the file first; never empty
 */
public record Redirect(RedirectId id, String name, boolean disabled, boolean sticky, Optional<String> tag,
        boolean match, boolean pflog,
        Port port, Table table, Optional<Table> backup, SchedulingMode mode, Optional<HashKey> key,
        Duration sessionTimeout,
        List<Listener> listeners) {

    /** Copies the list. */
    public Redirect {
        listeners = List.copyOf(listeners);
    }

    /**
     * An address that is redirected.
     *
     * @param address
     *            the address
     * @param protocol
     *            what the packets carry
     * @param ports
     *            one port or a range
     * @param interfaceName
     *            only packets that come in on this interface
     */
    public record Listener(IpAddress address, IpProtocol protocol, PortRange ports, Optional<String> interfaceName) {}
}
