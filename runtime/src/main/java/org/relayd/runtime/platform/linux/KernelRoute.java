package org.relayd.runtime.platform.linux;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.image.MultipathRoute;

/**
 * A route as the kernel has it. rtnetlink(7).
 *
 * @param key
 *            what tells it from other routes
 * @param protocol
 *            who made it
 * @param gateways
 *            its next hops, without scopes
 */
record KernelRoute(MultipathRoute.Key key, int protocol, Set<IpAddress> gateways) {
    private static final int FIXED = 12;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int UNICAST = 1;
    private static final int NEXT_HOP = 8;

    /** Attribute: destination. */
    static final int DESTINATION = 1;
    /** Attribute: interface. */
    static final int INTERFACE = 4;
    /** Attribute: next hop. */
    static final int GATEWAY = 5;
    /** Attribute: metric. */
    static final int METRIC = 6;
    /** Attribute: several next hops. */
    static final int HOPS = 9;
    /** Attribute: number of the table. */
    static final int TABLE = 15;

    /** Returns whether the route is one of ours. */
    boolean ours() {
        return protocol >= MultipathRoute.PROTOCOL
                && protocol <= MultipathRoute.PROTOCOL + MultipathRoute.MOST_LABELS;
    }

    /** Returns whether it is exactly that route. */
    boolean is(MultipathRoute route) {
        Set<IpAddress> wanted = new HashSet<>();
        route.gateways().forEach(gateway -> wanted.add(IpAddress.of(gateway.bytes())));
        return key.equals(route.key()) && protocol == route.protocol() && gateways.equals(wanted);
    }

    /** Returns the kernel's number of an address family. */
    static int number(IpFamily family) {
        return switch (family) {
            case INET -> AF_INET;
            case INET6 -> AF_INET6;
        };
    }

    /** Reads a message about a route; empty if it is none of interest, such as that of a local address. */
    static Optional<KernelRoute> read(ByteBuffer message) {
        if (message.limit() < FIXED || message.get(7) != UNICAST
                || (message.get(0) != AF_INET && message.get(0) != AF_INET6)) {
            return Optional.empty();
        }
        IpFamily family = message.get(0) == AF_INET ? IpFamily.INET : IpFamily.INET6;
        Map<Integer, ByteBuffer> attributes = NetlinkReader
                .attributes(NetlinkReader.part(message, FIXED, message.limit() - FIXED));
        ByteBuffer destination = attributes.get(DESTINATION);
        byte[] network = destination == null ? new byte[family.bytes()] : NetlinkReader.bytes(destination);
        int table = attributes.containsKey(TABLE) ? attributes.get(TABLE).getInt(0) : message.get(4) & 0xff;
        int metric = attributes.containsKey(METRIC) ? attributes.get(METRIC).getInt(0) : 0;
        return Optional.of(new KernelRoute(
                new MultipathRoute.Key(new IpPrefix(IpAddress.of(network), message.get(1) & 0xff), table, metric),
                message.get(5) & 0xff, hops(attributes)));
    }

    private static Set<IpAddress> hops(Map<Integer, ByteBuffer> attributes) {
        Set<IpAddress> gateways = new HashSet<>();
        if (attributes.containsKey(GATEWAY)) {
            gateways.add(IpAddress.of(NetlinkReader.bytes(attributes.get(GATEWAY))));
        }
        ByteBuffer hops = attributes.get(HOPS);
        for (int at = 0; hops != null && at + NEXT_HOP <= hops.limit();) {
            int length = hops.getShort(at) & 0xffff;
            if (length < NEXT_HOP || at + length > hops.limit()) {
                break;
            }
            ByteBuffer gateway = NetlinkReader
                    .attributes(NetlinkReader.part(hops, at + NEXT_HOP, length - NEXT_HOP)).get(GATEWAY);
            if (gateway != null) {
                gateways.add(IpAddress.of(NetlinkReader.bytes(gateway)));
            }
            at += NetlinkReader.aligned(length);
        }
        return gateways;
    }
}
