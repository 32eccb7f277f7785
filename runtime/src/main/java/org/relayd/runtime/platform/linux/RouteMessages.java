package org.relayd.runtime.platform.linux;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.image.MultipathRoute;
import org.relayd.runtime.platform.KernelException;

/** Messages about routes. rtnetlink(7). */
final class RouteMessages {
    /** Refuse to add what is there. */
    static final int ONLY_NEW = 0x200;
    /** Replace what is there. */
    static final int REPLACE = 0x100;

    private static final int NEW_ROUTE = 24;
    private static final int DELETE_ROUTE = 25;
    private static final int GET_ROUTE = 26;
    private static final int CREATE = 0x400;
    private static final int UNICAST = 1;
    private static final int SCOPE_ANYWHERE = 0;
    private static final int SCOPE_NOWHERE = 255;
    private static final int ATTRIBUTE = 4;

    private RouteMessages() {}

    /**
     * Returns the message that adds or replaces a route.
     *
     * @param mode
     *            {@link #ONLY_NEW} or {@link #REPLACE}
     * @throws KernelException
     *             if a gateway names an interface that is not there
     */
    static NetlinkMessage add(MultipathRoute route, int mode) throws KernelException {
        NetlinkMessage message = start(NEW_ROUTE,
                NetlinkSocket.REQUEST | NetlinkSocket.ACK | CREATE | mode, route, SCOPE_ANYWHERE);
        List<IpAddress> gateways = route.gateways();
        if (gateways.size() == 1) {
            int index = index(gateways.getFirst());
            if (index != 0) {
                message.attribute(KernelRoute.INTERFACE, index);
            }
            return message.attribute(KernelRoute.GATEWAY, gateways.getFirst().bytes());
        }
        NetlinkMessage hops = new NetlinkMessage(0, 0);
        for (IpAddress gateway : gateways) {
            int length = 8 + ATTRIBUTE + gateway.bytes().length;
            hops.bytes(length & 0xff, length >> 8, 0, 0).number(index(gateway)).attribute(KernelRoute.GATEWAY,
                    gateway.bytes());
        }
        return message.attribute(KernelRoute.HOPS, hops.value());
    }

    /** Returns the message that removes a route of ours. */
    static NetlinkMessage delete(MultipathRoute.Key key, int protocol) {
        return start(DELETE_ROUTE, NetlinkSocket.REQUEST | NetlinkSocket.ACK,
                new MultipathRoute(key, protocol, List.of()), SCOPE_NOWHERE);
    }

    /** Returns the message that asks for all routes of a family. */
    static NetlinkMessage list(IpFamily family) {
        return new NetlinkMessage(GET_ROUTE, NetlinkSocket.REQUEST | NetlinkSocket.DUMP)
                .bytes(KernelRoute.number(family), 0, 0, 0, 0, 0, 0, 0).number(0);
    }

    private static NetlinkMessage start(int type, int flags, MultipathRoute route, int scope) {
        MultipathRoute.Key key = route.key();
        IpAddress network = key.destination().address();
        return new NetlinkMessage(type, flags)
                .bytes(KernelRoute.number(network.family()), key.destination().length(), 0, 0, key.table(),
                        route.protocol(), scope, UNICAST)
                .number(0).attribute(KernelRoute.DESTINATION, network.bytes())
                .attribute(KernelRoute.METRIC, key.metric()).attribute(KernelRoute.TABLE, key.table());
    }

    private static int index(IpAddress gateway) throws KernelException {
        if (gateway.scope().isEmpty()) {
            return 0;
        }
        try {
            NetworkInterface found = scope(gateway.scope());
            if (found == null) {
                throw new KernelException("gateway " + gateway + ": no such interface");
            }
            return found.getIndex();
        } catch (SocketException e) {
            throw new KernelException("gateway " + gateway + ": " + e.getMessage(), e);
        }
    }

    /** A checked configuration has the number of the interface, as socket addresses do. */
    private static NetworkInterface scope(String scope) throws SocketException {
        return scope.matches("[0-9]{1,9}") ? NetworkInterface.getByIndex(Integer.parseInt(scope))
                : NetworkInterface.getByName(scope);
    }
}
