package org.relayd.runtime.relay;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The TCP sockets of this process and what the kernel says about their options, for tests on Linux;
 * socket(7), tcp(7), ip(7), ipv6(7).
 */
public final class OpenSockets {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int TCP_INFO = 11;
    private static final int LISTEN = 10;
    /** Where struct tcp_info has the most connections that wait: a listener's use of tcpi_sacked. */
    private static final int BACKLOG_AT = 28;

    private OpenSockets() {}

    /** An option by its level and name. */
    public enum Option {
        NODELAY(6, 1), SEND_BUFFER(1, 7), RECEIVE_BUFFER(1, 8), TTL(0, 2), MIN_TTL(0, 21), HOPS(41, 16),
        MIN_HOPS(41, 73);

        private final int level;
        private final int name;

        Option(int level, int name) {
            this.level = level;
            this.name = name;
        }
    }

    /** The listener on a port. */
    public static Socket listener(int port) throws IOException {
        return only(socket -> socket.localAddress().getPort() == port && info(socket).get(0) == LISTEN);
    }

    /** The end of a connection in this process. */
    public static Socket connection(int ownPort, int otherPort) throws IOException {
        return only(socket -> socket.localAddress().getPort() == ownPort
                && Optional.ofNullable(socket.remoteAddress()).map(InetSocketAddress::getPort)
                        .equals(Optional.of(otherPort)));
    }

    /** The end that this process has connected to a port. */
    public static Socket connectionTo(int port) throws IOException {
        return only(socket -> Optional.ofNullable(socket.remoteAddress()).map(InetSocketAddress::getPort)
                .equals(Optional.of(port)));
    }

    /** The value of an option. */
    public static int value(Socket socket, Option option) throws IOException {
        return socket.getIntOpt(option.level, option.name);
    }

    /** Connections that may wait at a listener. */
    public static int backlog(Socket listener) throws IOException {
        return info(listener).getInt(BACKLOG_AT);
    }

    private static ByteBuffer info(Socket socket) throws IOException {
        ByteBuffer info = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
        socket.getRawOpt(6, TCP_INFO, info);
        return info.clear();
    }

    private interface Wanted {
        boolean is(Socket socket) throws IOException;
    }

    private static Socket only(Wanted wanted) throws IOException {
        Epoll.ensureAvailability();
        List<Path> descriptors;
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            descriptors = all.toList();
        }
        for (Path descriptor : descriptors) {
            if (isSocket(descriptor)) {
                Socket socket = new Socket(Integer.parseInt(descriptor.getFileName().toString()));
                try {
                    if (socket.localAddress() != null && wanted.is(socket)) {
                        return socket;
                    }
                } catch (IOException another) {
                    // Not of TCP.
                }
            }
        }
        throw new AssertionError("no such socket");
    }

    private static boolean isSocket(Path descriptor) throws IOException {
        return Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)
                && Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    }
}
