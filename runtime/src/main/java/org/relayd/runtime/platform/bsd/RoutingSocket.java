package org.relayd.runtime.platform.bsd;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Image;
import org.relayd.runtime.system.SystemException;

/** What is said to the routing socket: route(4). The two systems differ in the header and in what a route can have. */
sealed interface RoutingSocket {

    /** Returns the kernel interface. */
    Abi abi();

    /** Returns what the system's routes cannot have of what this one has. */
    Optional<String> obstacle(GatewayRoute route);

    /**
     * Prepares a new socket: it is never read, so the kernel should have nothing to say to it.
     *
     * @throws SystemException
     *             if the system refuses
     */
    void prepare(SystemCalls calls, int descriptor, int table) throws SystemException;

    /**
     * Fills in the header's fields that only this system has, and returns the flags beside those of all static routes.
     */
    int header(Image header, GatewayRoute route);

    /** Returns the sockaddrs after the mask, and their bits in {@code rtm_addrs}. */
    Further further(GatewayRoute route);

    /**
     * Sockaddrs after the mask.
     *
     * @param bits
     *            their bits
     * @param addresses
     *            the sockaddrs
     */
    record Further(int bits, List<Image> addresses) {}

    /**
     * Returns a message: the header, destination, gateway and mask, each padded to 8 bytes.
     *
     * @param type
     *            {@code RTM_ADD}, {@code RTM_DELETE} or {@code RTM_CHANGE}
     * @param sequence
     *            number of the message
     */
    default byte[] message(String type, GatewayRoute route, int sequence) {
        IpFamily family = route.destination().address().family();
        Further further = further(route);
        List<Image> addresses = new ArrayList<>(List.of(
                Addresses.socketAddress(abi(), family, route.destination().address().bytes()),
                Addresses.socketAddress(abi(), family, route.gateway().bytes()),
                Addresses.socketAddress(abi(), family, mask(family, route.destination().length()))));
        addresses.addAll(further.addresses());
        Image header = abi().image("rt_msghdr");
        int length = header.bytes().length
                + addresses.stream().mapToInt(address -> padded(address.bytes().length)).sum();
        int flags = header(header, route);
        header.number("rtm_msglen", length).number("rtm_version", abi().constant("RTM_VERSION"))
                .number("rtm_type", abi().constant(type)).number("rtm_seq", sequence)
                .number("rtm_flags", flags | abi().constant("RTF_STATIC") | abi().constant("RTF_GATEWAY"))
                .number("rtm_addrs", further.bits() | abi().constant("RTA_DST") | abi().constant("RTA_GATEWAY")
                        | abi().constant("RTA_NETMASK"));
        ByteBuffer message = ByteBuffer.allocate(length).put(header.bytes());
        for (Image address : addresses) {
            int start = message.position();
            message.put(address.bytes()).position(start + padded(address.bytes().length));
        }
        return message.array();
    }

    private static int padded(int length) {
        return (length + 7) & ~7;
    }

    private static byte[] mask(IpFamily family, int length) {
        byte[] mask = new byte[family.bits() / 8];
        for (int bit = 0; bit < length; bit++) {
            mask[bit / 8] |= (byte) (0x80 >> (bit % 8));
        }
        return mask;
    }

    /**
     * That of OpenBSD.
     *
     * @param abi
     *            its kernel interface
     */
    record OfOpenBsd(Abi abi) implements RoutingSocket {

        @Override
        public Optional<String> obstacle(GatewayRoute route) {
            return Optional.empty();
        }

        @Override
        public void prepare(SystemCalls calls, int descriptor, int table) throws SystemException {
            calls.setOption(descriptor, abi.constant("AF_ROUTE"), abi.constant("ROUTE_MSGFILTER"), 0);
        }

        @Override
        public int header(Image header, GatewayRoute route) {
            header.number("rtm_hdrlen", header.bytes().length).number("rtm_tableid", route.table())
                    .number("rtm_priority", route.priority());
            return abi.constant("RTF_MPATH");
        }

        @Override
        public Further further(GatewayRoute route) {
            return route.label().map(label -> new Further(abi.constant("RTA_LABEL"),
                    List.of(abi.image("sockaddr_rtlabel").number("sr_len", abi.size("sockaddr_rtlabel"))
                            .text("sr_label", label))))
                    .orElse(new Further(0, List.of()));
        }
    }

    /**
     * That of FreeBSD. Several gateways of a destination share the traffic if {@code net.route.multipath} is 1.
     *
     * @param abi
     *            its kernel interface
     */
    record OfFreeBsd(Abi abi) implements RoutingSocket {
        private static final int SOL_SOCKET = 0xffff;
        private static final int SO_USELOOPBACK = 0x40;
        private static final int SO_SETFIB = 0x1014;

        @Override
        public Optional<String> obstacle(GatewayRoute route) {
            if (route.label().isPresent()) {
                return Optional.of("FreeBSD has no route labels");
            }
            return route.priority() == 0 ? Optional.empty() : Optional.of("FreeBSD has no priorities of routes");
        }

        @Override
        public void prepare(SystemCalls calls, int descriptor, int table) throws SystemException {
            calls.setOption(descriptor, SOL_SOCKET, SO_USELOOPBACK, 0);
            calls.setOption(descriptor, SOL_SOCKET, SO_SETFIB, table);
        }

        @Override
        public int header(Image header, GatewayRoute route) {
            return 0;
        }

        @Override
        public Further further(GatewayRoute route) {
            return new Further(0, List.of());
        }
    }
}
