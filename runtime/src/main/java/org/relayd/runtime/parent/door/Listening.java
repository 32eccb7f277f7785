package org.relayd.runtime.parent.door;

import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.ListenRequest;

/** What a stored socket is bound to. */
public sealed interface Listening {

    /** Returns it in words, for the user. */
    default String text() {
        return switch (this) {
            case Connections(IpAddress address, Port port, var _) -> "TCP socket " + address + " port " + port;
            case Datagrams(IpAddress address, Port port) -> "UDP socket " + address + " port " + port;
            case Named(String path, String _) -> "socket " + path;
        };
    }

    /**
     * Connections over TCP.
     *
     * @param options
     *            what was set on the socket; empty if another program has made it
     */
    record Connections(IpAddress address, Port port, Optional<Options> options) implements Listening {

        /** Returns what a request makes. */
        static Connections of(ListenRequest request) {
            return new Connections(request.address(), request.port(), Optional.of(Options.of(request)));
        }

        /** Returns whether a socket bound to this can be given for a request: another program's for any. */
        boolean serves(ListenRequest request) {
            return address.equals(request.address()) && port.equals(request.port())
                    && options.map(Options.of(request)::equals).orElse(true);
        }
    }

    /**
     * Datagrams over UDP.
     */
    record Datagrams(IpAddress address, Port port) implements Listening {}

    /**
     * Connections to a name in the file system: the control socket.
     *
     * @param identity
     *            tells the file of that name from others
     */
    record Named(String path, String identity) implements Listening {}

    /**
     * What relays need another socket for when it changes; the rest of their TCP settings is that of connections.
     *
     * @param shared
     *            SO_REUSEPORT
     * @param diverted
     *            IP_TRANSPARENT
     */
    record Options(boolean shared, boolean diverted, Optional<Boolean> nodelay, OptionalInt socketBuffer,
            OptionalInt backlog, OptionalInt ttl, OptionalInt minTtl) {

        static Options of(ListenRequest request) {
            return new Options(request.shared(), request.diverted(), request.tcp().nodelay(),
                    request.tcp().socketBuffer(), request.tcp().backlog(), request.tcp().ttl(),
                    request.tcp().minTtl());
        }
    }
}
