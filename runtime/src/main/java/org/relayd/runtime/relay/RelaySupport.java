package org.relayd.runtime.relay;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayPath;
import org.relayd.runtime.SocketKind;

/**
 * Tells what of a plan the relays cannot execute yet, so that the daemon can refuse it instead of ignoring parts of it.
 */
public final class RelaySupport {
    private RelaySupport() {}

    /**
     * Returns the constructs of a graph that cannot be executed with sockets of one kind.
     *
     * @return one text for each construct and relay, in plan order, e.g. {@code relay "www": ip ttl on this system};
     * empty if all is supported
     */
    public static List<String> unsupported(RelayGraph graph, SocketKind sockets) {
        List<String> all = new ArrayList<>();
        for (RelayPath path : graph.paths()) {
            for (String construct : unsupported(path, sockets)) {
                all.add("relay \"" + path.name() + "\": " + construct);
            }
        }
        return List.copyOf(all);
    }

    /**
     * Returns the settings of a relay that no system call of this platform can carry out, and
     * that a relay can do without.
     *
     * @return one line of the log for each
     */
    static List<String> unheeded(RelayPath path) {
        return path.listen().tcp().sack().map(wanted -> "relay " + path.name() + ": tcp " + (wanted ? "" : "no ")
                + "sack has no effect on a single connection; this system sets it for all (net.ipv4.tcp_sack)").stream()
                .toList();
    }

    private static Set<String> unsupported(RelayPath path, SocketKind sockets) {
        Set<String> missing = new LinkedHashSet<>();
        switch (sockets) {
            case NATIVE -> {}
            case PORTABLE -> missing.addAll(unsupportedOnPortableSockets(path));
        }
        switch (path.inspect()) {
            case RelayNode.Inspect.Copy() -> {}
            case RelayNode.Inspect.Dns _ -> missing.addAll(unsupportedForDatagrams(path));
            case RelayNode.Inspect.Http _ -> {}
        }
        return missing;
    }

    private static List<String> unsupportedOnPortableSockets(RelayPath path) {
        List<String> missing = new ArrayList<>();
        if (path.connect().transparent()) {
            missing.add("transparent forward on this system");
        }
        if (path.listen().tcp().ttl().isPresent()) {
            missing.add("ip ttl on this system");
        }
        if (path.listen().tcp().minTtl().isPresent()) {
            missing.add("ip minttl on this system");
        }
        return missing;
    }

    private static List<String> unsupportedForDatagrams(RelayPath path) {
        List<String> missing = new ArrayList<>();
        if (path.connect().transparent()) {
            missing.add("transparent forward of datagrams");
        }
        if (path.connect().proxyProtocol().isPresent()) {
            missing.add("proxy-protocol of datagrams");
        }
        switch (path.select().source()) {
            case CONFIGURED -> {}
            case NAT_LOOKUP -> missing.add("forward to nat lookup of datagrams");
            case DESTINATION -> missing.add("forward to destination of datagrams");
        }
        return missing;
    }
}
