package org.relayd.runtime.parent.codec;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;

/** NetworkAddresses: a family, then as many octets as it has, then a scope if it has scopes. */
final class NetworkAddresses {
    private static final int PORTS = 65535;

    private NetworkAddresses() {}

    static void write(FrameOutput out, IpAddress address) {
        writeFamily(out, address.family());
        out.plain(address.bytes());
        switch (address.family()) {
            case INET -> {}
            case INET6 -> out.text(address.scope());
        }
    }

    static IpAddress read(FrameInput in) throws IOException {
        return switch (readFamily(in)) {
            case INET -> IpAddress.of(in.plain(IpFamily.INET.bytes()));
            case INET6 -> scoped(IpAddress.of(in.plain(IpFamily.INET6.bytes())), in.text());
        };
    }

    private static IpAddress scoped(IpAddress address, String scope) throws IOException {
        return scope.isEmpty() ? address
                : IpAddress.parse(address + "%" + scope)
                        .orElseThrow(() -> new IOException("no address: " + address + "%" + scope));
    }

    static void writeFamily(FrameOutput out, IpFamily family) {
        out.octet(switch (family) {
            case INET -> 4;
            case INET6 -> 6;
        });
    }

    static IpFamily readFamily(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 4 -> IpFamily.INET;
            case 6 -> IpFamily.INET6;
            default -> throw in.unknown("address family");
        };
    }

    static void writePort(FrameOutput out, Port port) {
        out.number(port.number());
    }

    static Port readPort(FrameInput in) throws IOException {
        return new Port(in.number("port", 0, PORTS));
    }

    /** Writes the address of a socket; its name, if it was looked up by one, is not kept. */
    static void writeSocket(FrameOutput out, InetSocketAddress socket) {
        switch (socket.getAddress()) {
            case Inet4Address four -> out.octet(4).plain(four.getAddress());
            case Inet6Address six -> out.octet(6).plain(six.getAddress()).number(six.getScopeId());
            case null, default -> throw new IllegalArgumentException("has no address: " + socket);
        }
        out.number(socket.getPort());
    }

    static InetSocketAddress readSocket(FrameInput in) throws IOException {
        InetAddress address = switch (readFamily(in)) {
            case INET -> InetAddress.getByAddress(in.plain(IpFamily.INET.bytes()));
            case INET6 -> scoped(in.plain(IpFamily.INET6.bytes()), in.number("scope", 0, Integer.MAX_VALUE));
        };
        return new InetSocketAddress(address, in.number("port", 0, PORTS));
    }

    /** A scope of 0 is none. */
    private static InetAddress scoped(byte[] address, int scope) throws IOException {
        return Inet6Address.getByAddress("", address, scope == 0 ? -1 : scope);
    }
}
