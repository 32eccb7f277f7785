package org.relayd.compiler.lower;

import java.util.List;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.ir.plan.RelayPath;

/**
 * Relays that look up translations and listen on the loopback, as files for pf have it, where {@code rdr-to 127.0.0.1}
 * works. Linux takes no packets for it from outside unless it is told to.
 */
final class LoopbackAdvice {
    private LoopbackAdvice() {}

    /** Returns a line for each such relay. */
    static List<String> of(RelayGraph relays) {
        return relays.paths().stream().filter(LoopbackAdvice::isMeant)
                .map(path -> "relay \"" + path.name() + "\": nat lookup on " + path.listen().address()
                        + " is for connections of this machine; from outside \"redirect to :" + path.listen().port()
                        + "\" sends them to the address of the interface, and \"dnat\" to this one needs the sysctl "
                        + "net.ipv4.conf.INTERFACE.route_localnet")
                .toList();
    }

    private static boolean isMeant(RelayPath path) {
        byte[] address = path.listen().address().bytes();
        return path.select().source() == TargetSource.NAT_LOOKUP && address.length == 4 && address[0] == 127;
    }
}
