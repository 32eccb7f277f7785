package org.relayd.main.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.relayd.runtime.relay.OpenSockets.Option.HOPS;
import static org.relayd.runtime.relay.OpenSockets.Option.MIN_HOPS;
import static org.relayd.runtime.relay.OpenSockets.Option.MIN_TTL;
import static org.relayd.runtime.relay.OpenSockets.Option.NODELAY;
import static org.relayd.runtime.relay.OpenSockets.Option.RECEIVE_BUFFER;
import static org.relayd.runtime.relay.OpenSockets.Option.SEND_BUFFER;
import static org.relayd.runtime.relay.OpenSockets.Option.TTL;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.runtime.relay.OpenSockets;
import org.relayd.runtime.relay.OpenSockets.Option;

/**
 * The words of {@code tcp} in relayd.conf(5) as the kernel has them: on the listener, on the connection of the client,
 * on that to the target.
 */
class SocketOptionsTest {
    @TempDir
    private Path folder;

    /** What is written, and what the kernel says then. */
    record Written(String address, String protocol, String words, int backlog, List<Option> options,
            List<Integer> values) {}

    static Stream<Written> settings() throws IOException {
        List<Option> four = List.of(NODELAY, TTL, MIN_TTL);
        List<Option> six = List.of(NODELAY, HOPS, MIN_HOPS);
        List<Option> buffers = List.of(RECEIVE_BUFFER, SEND_BUFFER);
        int most = mostBacklog();
        // The kernel doubles what it is asked for, to have room for its own needs: socket(7).
        return Stream.of("tcp", "http").flatMap(type -> Stream.of(
                new Written("127.0.0.1", type, "splice", most, four, List.of(1, 64, 0)),
                new Written("127.0.0.1", type, "backlog 7, nodelay, ip ttl 33, ip minttl 5", 7, four,
                        List.of(1, 33, 5)),
                new Written("127.0.0.1", type, "no splice, no nodelay, ip minttl 64", most, four, List.of(0, 64, 64)),
                new Written("127.0.0.1", type, "socket buffer 50000", most, buffers, List.of(100_000, 100_000)),
                new Written("::1", type, "backlog 1, no nodelay, ip ttl 255", 1, six, List.of(0, 255, 0)),
                new Written("::1", type, "backlog 10, ip ttl 1, ip minttl 1, nodelay", 10, six, List.of(1, 1, 1)),
                new Written("::1", type, "socket buffer 4096", most, buffers, List.of(8192, 8192))));
    }

    /** What the system allows, which is what a backlog that is not written comes to. */
    private static int mostBacklog() throws IOException {
        return Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/net/core/somaxconn")).getFirst());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void settingsReachEverySocketOfARelay(Written written) throws Exception {
        InetAddress address = InetAddress.getByName(written.address());
        try (ServerSocket server = new ServerSocket(0, 5, address);
                RunningConfiguration relay = new RunningConfiguration(port -> """
                        %s protocol "p" {
                            tcp { %s }
                        }
                        relay "r" {
                            listen on %s port %d
                            protocol "p"
                            forward to %s port %d
                        }
                        """.formatted(written.protocol(), written.words(), written.address(), port, written.address(),
                        server.getLocalPort()), Optional.empty(), RunningConfiguration.World.of(folder), _ -> true);
                Socket client = new Socket(address, relay.port())) {
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            try (Socket target = server.accept()) {
                assertEquals('G', target.getInputStream().read());
                io.netty.channel.unix.Socket listener = OpenSockets.listener(relay.port());
                assertEquals(written.backlog(), OpenSockets.backlog(listener));
                check(written, "client", OpenSockets.connection(relay.port(), client.getLocalPort()));
                check(written, "target", OpenSockets.connectionTo(server.getLocalPort()));
            }
        }
    }

    private static void check(Written written, String side, io.netty.channel.unix.Socket socket) throws Exception {
        for (int i = 0; i < written.options().size(); i++) {
            assertEquals(written.values().get(i), OpenSockets.value(socket, written.options().get(i)),
                    side + " " + written.options().get(i));
        }
    }
}
