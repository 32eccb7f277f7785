package org.relayd.ir.nft;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;

/**
 * A redirection.
 *
 * @param id
 *            its number, which the names of its objects carry
 * @param name
 *            its name, which decides between overlapping redirections: pf asks anchors in alphabetical order
 * @param method
 *            what happens to packets
 * @param choice
 *            how a host is chosen
 * @param sticky
 *            whether a client address stays with its host
 * @param tag
 *            tag of its connections
 * @param logged
 *            whether the first packet of each connection is logged
 * @param establishedTimeout
 *            seconds after which an idle TCP connection is forgotten; empty for the kernel's own
 * @param listeners
 *            in the order in which pf would ask its rules
 * @param hosts
 *            those of the main table, then those of the backup table, in file order
 */
public record NftRedirect(RedirectId id, String name, Method method, Choice choice, boolean sticky,
        Optional<NftTag> tag, boolean logged, OptionalInt establishedTimeout, List<NftListener> listeners,
        List<NftHost> hosts) {

    /** Copies the lists. */
    public NftRedirect {
        listeners = List.copyOf(listeners);
        hosts = List.copyOf(hosts);
    }

    /** Returns the same redirection with another way to choose hosts. */
    public NftRedirect choosing(Choice other) {
        return new NftRedirect(id, name, method, other, sticky, tag, logged, establishedTimeout, listeners, hosts);
    }

    /** Returns the same redirection with other numbers for itself and its hosts. */
    public NftRedirect numbered(RedirectId number, List<NftHost> others) {
        return new NftRedirect(number, name, method, choice, sticky, tag, logged, establishedTimeout, listeners,
                others);
    }

    /** Returns the ids of all hosts. */
    public List<HostId> hostIds() {
        return hosts.stream().map(NftHost::id).toList();
    }

    /** What happens to packets. */
    public enum Method {
        /** The destination is rewritten: {@code forward to}. */
        TRANSLATE,
        /** They are sent on unchanged and the host answers the client itself: {@code route to}. */
        PASS_ON
    }

    /** How a host is chosen for a new connection. */
    public sealed interface Choice {

        /** One after the other, in the order of the slots. */
        record InTurn() implements Choice {}

        /** One after the other, with slots in proportion to what each host lacks in connections. */
        record FewestConnections() implements Choice {}

        /** By chance. */
        record Random() implements Choice {}

        /**
         * By a hash of the client address.
         *
         * @param seed
         *            what the hash begins with; empty for one that the kernel makes up with each change
         */
        record SourceHash(OptionalInt seed) implements Choice {}
    }

    /**
     * An address that is redirected.
     *
     * @param address
     *            destination of the packets
     * @param protocol
     *            name or number of the IP protocol
     * @param ports
     *            destination ports; all of them if the protocol has none
     * @param interfaceName
     *            interface that packets must come in on
     * @param newPort
     *            port that they get; empty to keep theirs
     */
    public record NftListener(IpAddress address, IpProtocol protocol, PortRange ports, Optional<String> interfaceName,
            Optional<Port> newPort) {}
}
