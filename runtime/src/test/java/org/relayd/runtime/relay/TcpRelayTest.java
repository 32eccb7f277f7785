package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.relay.session.RelaySettings;

class TcpRelayTest {

    @Test
    void bytesPassBothWaysAndTheSessionLeavesOneLine() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port());
                    Socket target = Peers.accept(server)) {
                Peers.send(client, "hello");
                assertEquals("hello", Peers.read(target, 5));
                Peers.send(target, "world");
                assertEquals("world", Peers.read(client, 5));
                client.shutdownOutput();
                assertEquals("", Peers.readAll(target));
                target.shutdownOutput();
                assertEquals("", Peers.readAll(client));
                String line = engine.log().await("session 1");
                assertEquals("info relay r1, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:" + server.getLocalPort()
                        + ", done", line);
                assertEquals(List.of(), engine.engine().sessions());
            }
        }
    }

    @Test
    void clientMayCloseItsDirectionAndStillRead() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port())) {
                Peers.send(client, "ask");
                client.shutdownOutput();
                try (Socket target = Peers.accept(server)) {
                    assertEquals("ask", Peers.readAll(target));
                    Peers.send(target, "answer");
                }
                assertEquals("answer", Peers.readAll(client), engine.log().lines().toString());
                assertTrue(engine.log().await("session 1").endsWith(", done"));
            }
        }
    }

    @Test
    void targetMayCloseItsDirectionAndStillRead() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port());
                    Socket target = Peers.accept(server)) {
                Peers.send(target, "greeting");
                target.shutdownOutput();
                assertEquals("greeting", Peers.readAll(client));
                Peers.send(client, "late");
                client.shutdownOutput();
                assertEquals("late", Peers.readAll(target));
                assertTrue(engine.log().await("session 1").endsWith(", done"));
            }
        }
    }

    @Test
    void silenceOnBothSidesEndsTheSession() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort()).timeout(Duration.ofSeconds(1));
            try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port());
                    Socket _ = Peers.accept(server)) {
                long start = System.nanoTime();
                assertEquals("", Peers.readAll(client));
                long seconds = Duration.ofNanos(System.nanoTime() - start).toMillis();
                assertTrue(seconds >= 950 && seconds < 2000, seconds + " ms");
                assertTrue(engine.log().await("timeout")
                        .startsWith("warn relay r1, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:"
                                + server.getLocalPort() + ", buffer event timeout: "));
            }
        }
    }

    @Test
    void activityInOneDirectionKeepsTheSession() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort()).timeout(Duration.ofSeconds(1));
            try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port());
                    Socket target = Peers.accept(server)) {
                target.setSoTimeout(600);
                for (int i = 0; i < 4; i++) {
                    Peers.send(client, "x");
                    assertEquals("x", Peers.read(target, 1));
                    assertThrows(IOException.class, () -> target.getInputStream().read());
                }
                assertEquals(1, engine.engine().sessions().size());
            }
        }
    }

    @Test
    void refusedTargetIsToldInTheLine() throws Exception {
        int nobody = FreePorts.next();
        Paths path = new Paths().to(nobody);
        try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port())) {
            assertEquals("", Peers.readAll(client));
            assertEquals(
                    "warn relay r1, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:" + nobody
                            + ", socket error: Connection refused: Connection refused",
                    engine.log().await("session 1"));
        }
    }

    @Test
    void connectThatNobodyAnswersEndsAtTheSessionTimeout() throws Exception {
        // A queue of one that is full: the kernel drops what else comes.
        try (ServerSocket deaf = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                Socket first = Peers.connect(deaf.getLocalPort());
                Socket second = Peers.connect(deaf.getLocalPort())) {
            Paths path = new Paths().to(deaf.getLocalPort()).timeout(Duration.ofSeconds(1));
            try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port())) {
                assertEquals("", Peers.readAll(client));
                assertEquals("warn relay r1, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:" + deaf.getLocalPort()
                        + ", connect timeout: Operation timed out", engine.log().await("session 1 "));
                assertTrue(first.isConnected() && second.isConnected());
            }
        }
    }

    @Test
    void relayThatIsItsOwnTargetAborts() throws Exception {
        Paths path = new Paths();
        path.to(path.port());
        try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port())) {
            assertEquals("", Peers.readAll(client));
            assertTrue(engine.log().await("aborted").contains(" -> :" + path.port() + ", session aborted: "),
                    engine.log().lines().toString());
        }
    }

    @Test
    void disabledRelayClosesAtOnceWithoutALine() throws Exception {
        Paths path = new Paths().to(FreePorts.next()).disabled();
        try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port())) {
            assertEquals("", Peers.readAll(client));
            assertEquals(0, engine.engine().statistics().getFirst().sessions());
        }
    }

    @Test
    void roundRobinSkipsHostsThatAreDown() throws Exception {
        try (ServerSocket one = Peers.listen("127.0.0.1", 0);
                ServerSocket three = Peers.listen("127.0.0.3", one.getLocalPort())) {
            Paths path = new Paths().table("t", one.getLocalPort(), SchedulingMode.ROUNDROBIN, "127.0.0.1", "127.0.0.2",
                    "127.0.0.3");
            RelaySettings settings = new RelaySettings(Dialect.CURRENT, ConnectionLog.ALL);
            try (RunningEngine engine = RunningEngine.of(settings, _ -> index -> index != 1, path)) {
                for (ServerSocket expected : List.of(one, three, one, three)) {
                    try (Socket _ = Peers.connect(path.port()); Socket target = Peers.accept(expected)) {
                        assertTrue(target.isConnected());
                    }
                }
                assertEquals("info adding 3 hosts from table t:" + one.getLocalPort() + " (no check)",
                        engine.log().lines().getFirst());
                assertEquals("debug relay_launch: running relay r1", engine.log().lines().get(1));
            }
        }
    }

    @Test
    void noUsableHostFailsTheSession() throws Exception {
        Paths path = new Paths().table("t", 80, SchedulingMode.ROUNDROBIN, "127.0.0.1");
        RelaySettings settings = new RelaySettings(Dialect.V5_1, ConnectionLog.ALL);
        try (RunningEngine engine = RunningEngine.of(settings, _ -> _ -> false, path);
                Socket client = Peers.connect(path.port())) {
            assertEquals("", Peers.readAll(client));
            assertEquals("debug relay_from_table: session 1: no active hosts", engine.log().await("no active"));
            assertEquals("info relay r1, session 1 (1 active), 0, 127.0.0.1 -> :0, session failed",
                    engine.log().await("relay r1, s"));
        }
    }

    @Test
    void backupTableServesWhileTheMainTableIsDown() throws Exception {
        try (ServerSocket backup = Peers.listen()) {
            Paths path = new Paths().table("main", 9, SchedulingMode.ROUNDROBIN, "127.0.0.1").table("backup",
                    backup.getLocalPort(), SchedulingMode.ROUNDROBIN, "127.0.0.1");
            RelaySettings settings = new RelaySettings(Dialect.CURRENT, ConnectionLog.ALL);
            try (RunningEngine _ = RunningEngine.of(settings, table -> _ -> table.number() == 2, path);
                    Socket _ = Peers.connect(path.port()); Socket target = Peers.accept(backup)) {
                assertTrue(target.isConnected());
            }
        }
    }

    @Test
    void targetGetsTheProxyHeaderFirst() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort()).proxy(ProxyProtocol.V1);
            try (RunningEngine _ = RunningEngine.of(path); Socket client = Peers.connect(path.port());
                    Socket target = Peers.accept(server)) {
                Peers.send(client, "data");
                String line = "PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " " + path.port() + "\r\n";
                assertEquals(line + "data", Peers.read(target, line.length() + 4));
            }
        }
    }

    @ParameterizedTest(name = "splice {0}")
    @ValueSource(booleans = {true, false})
    void largeStreamsArriveWholeInBothDirectionsAtOnce(boolean splice) throws Exception {
        byte[] sent = new byte[24 * 1024 * 1024];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31 + (i >> 12));
        }
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort()).splice(splice);
            try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port());
                    Socket target = Peers.accept(server)) {
                Thread down = writer(target, sent);
                Thread up = writer(client, sent);
                byte[][] got = new byte[1][];
                Thread reader = Thread.ofVirtual().start(() -> got[0] = read(target));
                assertTrue(Arrays.equals(sent, read(client)));
                reader.join();
                assertTrue(Arrays.equals(sent, got[0]));
                up.join();
                down.join();
                assertTrue(engine.log().await("session 1").endsWith(", done"));
            }
        }
    }

    private static Thread writer(Socket socket, byte[] bytes) {
        return Thread.ofVirtual().start(() -> {
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    private static byte[] read(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @ParameterizedTest(name = "splice {0}")
    @ValueSource(booleans = {true, false})
    void senderHasToWaitForASlowReader(boolean splice) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort()).splice(splice);
            try (RunningEngine engine = RunningEngine.of(path);
                    SocketChannel client = SocketChannel
                            .open(new InetSocketAddress(InetAddress.getLoopbackAddress(), path.port()));
                    Socket target = Peers.accept(server)) {
                client.configureBlocking(false);
                ByteBuffer piece = ByteBuffer.allocate(64 * 1024);
                long taken = 0;
                long quiet = System.nanoTime();
                // Full when nothing more was taken for half a second.
                while (System.nanoTime() - quiet < 500_000_000L) {
                    int count = client.write(piece.clear());
                    taken += count;
                    quiet = count > 0 ? System.nanoTime() : quiet;
                }
                assertTrue(taken < 64L * 1024 * 1024, taken + " bytes");
                client.shutdownOutput();
                assertEquals(taken, read(target).length);
                assertEquals(1, engine.engine().sessions().size());
            }
        }
    }

    @ParameterizedTest(name = "splice {0}")
    @ValueSource(booleans = {true, false})
    void resetInTheMiddleOfAStreamEndsTheSession(boolean splice) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort()).splice(splice);
            try (RunningEngine engine = RunningEngine.of(path)) {
                try (Socket client = Peers.connect(path.port())) {
                    Socket target = Peers.accept(server);
                    Thread.ofVirtual().start(() -> {
                        try (target) {
                            target.getOutputStream().write(new byte[64 * 1024 * 1024]);
                        } catch (IOException expected) {
                            assertTrue(target.isConnected());
                        }
                    });
                    assertEquals(1_000_000, client.getInputStream().readNBytes(1_000_000).length);
                    client.setSoLinger(true, 0);
                }
                engine.log().await("relay r1, session 1 (1 active)");
                assertEquals(List.of(), engine.engine().sessions());
            }
        }
    }

    @Test
    void busyPortIsAClearError() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(9);
            RelayStartException failure = assertThrows(RelayStartException.class, () -> {
                try (RunningEngine first = RunningEngine.of(path)) {
                    RunningEngine.of(path).close();
                    first.log().await("never");
                }
            });
            assertEquals("relay r1: cannot listen on 127.0.0.1 port " + path.port() + ": Address already in use",
                    failure.getMessage());
            assertTrue(server.isBound());
        }
    }

    @Test
    void twoRelaysOnOneAddressAndPortAreRefused() throws Exception {
        Paths path = new Paths().to(9);
        RelayStartException failure = assertThrows(RelayStartException.class, () -> RunningEngine.of(path, path));
        assertEquals("relay r2: cannot listen on 127.0.0.1 port " + path.port() + ": Address already in use",
                failure.getMessage());
        RunningEngine.of(path).close();
    }
}
