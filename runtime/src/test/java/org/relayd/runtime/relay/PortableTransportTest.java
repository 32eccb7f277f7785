package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.http.RuleSource;

/** The transport of systems other than Linux, made of Netty channels on the JDK's selectors. */
class PortableTransportTest {

    @Test
    void bothDirectionsMayCloseOnTheirOwn() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine engine = RunningEngine.portable(path); Socket client = Peers.connect(path.port())) {
                Peers.send(client, "ask");
                client.shutdownOutput();
                try (Socket target = Peers.accept(server)) {
                    assertEquals("ask", Peers.readAll(target));
                    Peers.send(target, "answer");
                }
                assertEquals("answer", Peers.readAll(client));
                assertTrue(engine.log().await("session 1 ").endsWith(", done"));
            }
        }
    }

    @Test
    void settingsReachTheSocketsOrAreRefused() throws Exception {
        TcpSettings settings = new TcpSettings(Optional.of(false), Optional.empty(), false, OptionalInt.of(50_000),
                OptionalInt.of(7),
                OptionalInt.empty(), OptionalInt.empty());
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort()).tcp(settings);
            try (RunningEngine engine = RunningEngine.portable(path); Socket client = Peers.connect(path.port());
                    Socket target = Peers.accept(server)) {
                Peers.send(client, "ask");
                assertEquals("ask", Peers.read(target, 3));
                assertEquals(7, OpenSockets.backlog(OpenSockets.listener(path.port())));
                for (io.netty.channel.unix.Socket socket : List.of(
                        OpenSockets.connection(path.port(), client.getLocalPort()),
                        OpenSockets.connectionTo(server.getLocalPort()))) {
                    assertEquals(0, OpenSockets.value(socket, OpenSockets.Option.NODELAY));
                    assertEquals(100_000, OpenSockets.value(socket, OpenSockets.Option.RECEIVE_BUFFER));
                    assertEquals(100_000, OpenSockets.value(socket, OpenSockets.Option.SEND_BUFFER));
                }
                assertEquals(List.of(), engine.engine().sessions().stream().skip(1).toList());
            }
        }
        TcpSettings hops = new TcpSettings(Optional.empty(), Optional.empty(), true, OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(9), OptionalInt.of(8));
        RelayGraph graph = new RelayGraph(1, List.of(new Paths().to(9).tcp(hops).build("r", 1)));
        assertEquals(List.of("relay \"r\": ip ttl on this system", "relay \"r\": ip minttl on this system"),
                RelaySupport.unsupported(graph, SocketKind.PORTABLE));
        assertEquals(List.of(), RelaySupport.unsupported(graph, SocketKind.NATIVE));
    }

    @Test
    void anUnwrittenBacklogIsWhatTheSystemAllows() throws Exception {
        assumeTrue(SocketKind.ofThisMachine() == SocketKind.NATIVE, "asks Linux");
        Paths path = new Paths().to(9);
        try (RunningEngine _ = RunningEngine.portable(path)) {
            int most = Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/net/core/somaxconn")).getFirst());
            assertEquals(most, OpenSockets.backlog(OpenSockets.listener(path.port())));
        }
    }

    @Test
    void refusalAndSilenceAreTold() throws Exception {
        Paths refused = new Paths().to(FreePorts.next());
        try (ServerSocket server = Peers.listen()) {
            Paths silent = new Paths().to(server.getLocalPort()).timeout(Duration.ofSeconds(1));
            try (RunningEngine engine = RunningEngine.portable(refused, silent);
                    Socket one = Peers.connect(refused.port()); Socket two = Peers.connect(silent.port())) {
                assertEquals("", Peers.readAll(one));
                assertTrue(engine.log().await("relay r1, ").contains(", socket error: Connection refused: "),
                        engine.log().lines().toString());
                assertEquals("", Peers.readAll(two));
                assertTrue(engine.log().await("relay r2, ").contains(", buffer event timeout: "),
                        engine.log().lines().toString());
            }
        }
    }

    @Test
    void largeStreamArrivesWhole() throws Exception {
        byte[] sent = new byte[8 * 1024 * 1024];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31 + (i >> 12));
        }
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine _ = RunningEngine.portable(path); Socket client = Peers.connect(path.port());
                    Socket target = Peers.accept(server)) {
                Thread writer = Thread.ofVirtual().start(() -> {
                    try {
                        target.getOutputStream().write(sent);
                        target.shutdownOutput();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
                assertTrue(Arrays.equals(sent, client.getInputStream().readAllBytes()));
                writer.join();
            }
        }
    }

    @Test
    void httpIsFilteredAndRefusedAsElsewhere() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Filter rules = new Filter.Rules(
                    RuleSource.rules(RuleSource.match().on(EntityType.HEADER, EntityOption.SET, "X-Relay", "r"),
                            RuleSource.block().on(EntityType.PATH, "/no")));
            Paths path = new Paths().to(server.getLocalPort()).http(Protocol.HttpSettings.defaults(),
                    Optional.of(new Protocol.ErrorPages(Optional.empty())), rules);
            try (RunningEngine _ = RunningEngine.portable(path); Socket client = Peers.connect(path.port())) {
                for (String target : List.of("/1", "/2")) {
                    Peers.send(client, "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
                }
                Socket origin = Peers.accept(server);
                for (String target : List.of("/1", "/2")) {
                    assertEquals("GET " + target + " HTTP/1.1\r\nHost: x\r\nX-Relay: r\r\n\r\n",
                            Peers.readUntil(origin, "\r\n\r\n"));
                    Peers.send(origin, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", Peers.read(client, 40));
                }
                Peers.send(client, "GET /no HTTP/1.1\r\nHost: x\r\n\r\n");
                assertTrue(Peers.readAll(client).startsWith("HTTP/1.0 403 Forbidden\r\n"));
            }
        }
    }
}
