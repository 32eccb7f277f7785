package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.frame.Frames;

/** An abort of one side of a TCP session is an abort of the other: a clean end would tell it that it has everything. */
class ResetTest {
    private static final String RESET = "Connection reset by peer";
    private static final int MUCH = 64 * 1024 * 1024;

    /** How bytes go from one side to the other. */
    enum Way {
        SPLICED, COPIED, LAYER, PORTABLE;

        RunningEngine start(Paths path) throws RelayStartException {
            return switch (this) {
                case SPLICED -> RunningEngine.of(path.splice(true));
                case COPIED -> RunningEngine.of(path.splice(false));
                case LAYER -> FramedSessionsTest.Place.LAYER.start(path);
                case PORTABLE -> RunningEngine.portable(path);
            };
        }

        /** Returns whether a reset is noticed although nobody reads. */
        boolean isWatched() {
            return this != PORTABLE && SocketKind.ofThisMachine() == SocketKind.NATIVE;
        }
    }

    /** Which side breaks off. */
    enum Which {
        CLIENT, TARGET
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Reads to the end; a clean one is a failure. */
    private static void readsAReset(Socket socket) throws IOException {
        byte[] piece = new byte[64 * 1024];
        try {
            while (socket.getInputStream().read(piece) >= 0) {
                assertTrue(socket.isConnected());
            }
        } catch (SocketException reset) {
            assertTrue(reset.getMessage().contains("reset") || reset.getMessage().contains("Broken"),
                    reset.getMessage());
            return;
        }
        throw new AssertionError("the stream looks whole");
    }

    /** Sends until the other side has taken so much, or has gone. */
    private static Thread flood(Socket socket, int octets) {
        return Thread.ofVirtual().start(() -> {
            try {
                OutputStream out = socket.getOutputStream();
                for (int i = 0; i < octets; i += 64 * 1024) {
                    out.write(new byte[64 * 1024]);
                }
            } catch (IOException gone) {
                assertTrue(socket.isConnected());
            }
        });
    }

    /** A relay with one session. */
    private static final class Scene implements AutoCloseable {
        private final ServerSocket server;
        private final RunningEngine engine;
        private final Socket client;
        private final Socket target;

        Scene(Way way) throws IOException, RelayStartException {
            this(way, Duration.ofMinutes(10));
        }

        Scene(Way way, Duration timeout) throws IOException, RelayStartException {
            server = Peers.listen();
            Paths path = new Paths().to(server.getLocalPort()).timeout(timeout);
            engine = way.start(path);
            client = Peers.connect(path.port());
            target = Peers.accept(server);
        }

        Socket of(Which side) {
            return side == Which.CLIENT ? client : target;
        }

        Socket beside(Which side) {
            return side == Which.CLIENT ? target : client;
        }

        @Override
        public void close() throws IOException {
            client.close();
            target.close();
            engine.close();
            server.close();
        }
    }

    private static void between(Scene scene, Which side, int count) throws IOException {
        Socket from = scene.of(side);
        Thread sender = flood(from, MUCH);
        assertEquals(count, scene.beside(side).getInputStream().readNBytes(count).length);
        reset(from);
        readsAReset(scene.beside(side));
        sender.interrupt();
        scene.engine.log().await(RESET);
    }

    @ParameterizedTest
    @EnumSource(names = {"SPLICED", "COPIED", "PORTABLE"})
    void aTargetThatBreaksOffInAStreamLeavesAClientWithAReset(Way way) throws Exception {
        try (Scene scene = new Scene(way)) {
            between(scene, Which.TARGET, 4 * 1024 * 1024);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SPLICED", "COPIED", "PORTABLE"})
    void aClientThatBreaksOffInAStreamLeavesATargetWithAReset(Way way) throws Exception {
        try (Scene scene = new Scene(way)) {
            between(scene, Which.CLIENT, 4 * 1024 * 1024);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSideThatBreaksOffInSilenceResetsTheOther(Way way) throws Exception {
        for (Which side : Which.values()) {
            try (Scene scene = new Scene(way)) {
                reset(scene.of(side));
                readsAReset(scene.beside(side));
                scene.engine.log().await(RESET);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SPLICED", "COPIED", "PORTABLE"})
    void aSideThatHasEndedItsStreamMayStillBreakOff(Way way) throws Exception {
        for (Which side : Which.values()) {
            try (Scene scene = new Scene(way)) {
                scene.of(side).shutdownOutput();
                assertEquals(-1, scene.beside(side).getInputStream().read());
                assumeTrue(way.isWatched());
                // What answers tells, too, that the end has arrived.
                Peers.send(scene.beside(side), "x");
                assertEquals("x", Peers.read(scene.of(side), 1));
                reset(scene.of(side));
                String line = scene.engine.log().await("session 1");
                assertTrue(line.startsWith("info ") && line.endsWith(", done"), line);
                writesIntoAReset(scene.beside(side));
            }
        }
    }

    private static void writesIntoAReset(Socket socket) {
        long end = System.nanoTime() + 10_000_000_000L;
        try {
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(1);
                LockSupport.parkNanos(1_000_000);
            }
        } catch (IOException gone) {
            return;
        }
        throw new AssertionError("the connection is there");
    }

    @ParameterizedTest
    @EnumSource(names = {"SPLICED", "COPIED", "PORTABLE"})
    void theOtherSideMayBreakOffAfterTheEndOfOne(Way way) throws Exception {
        for (Which side : Which.values()) {
            try (Scene scene = new Scene(way)) {
                scene.of(side).shutdownOutput();
                assertEquals(-1, scene.beside(side).getInputStream().read());
                Peers.send(scene.beside(side), "half");
                assertEquals("half", Peers.read(scene.of(side), 4));
                reset(scene.beside(side));
                readsAReset(scene.of(side));
            }
        }
    }

    /** The relay reads from nobody: what one side sent waits for the other, which reads nothing. */
    @ParameterizedTest
    @EnumSource(names = {"SPLICED", "COPIED", "LAYER"})
    void aSideThatBreaksOffWhileItIsNotReadIsNoticed(Way way) throws Exception {
        assumeTrue(way.isWatched());
        for (Which side : Which.values()) {
            try (Scene scene = new Scene(way)) {
                Socket from = scene.of(side);
                Thread sender = stuffed(way, from);
                reset(from);
                sender.join();
                scene.engine.log().await("session 1 (");
                readsAReset(scene.beside(side));
            }
        }
    }

    private static byte[] framed() {
        ByteBuf out = Unpooled.buffer();
        Frames.seal(Unpooled.wrappedBuffer(new byte[60_000]), 60_000, out);
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        return octets;
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatTheSessionTimeoutCutsDoesNotLookWhole(Way way) throws Exception {
        for (Which side : Which.values()) {
            try (Scene scene = new Scene(way, Duration.ofSeconds(1))) {
                stuffed(way, scene.of(side));
                scene.engine.log().await("session 1 (");
                readsAReset(scene.beside(side));
            }
        }
    }

    /** Sends until nothing more is taken. */
    private static Thread stuffed(Way way, Socket from) throws IOException {
        Thread sender = Thread.ofVirtual().start(() -> {
            try {
                OutputStream out = from.getOutputStream();
                byte[] piece = way == Way.LAYER ? framed() : new byte[64 * 1024];
                while (true) {
                    out.write(piece);
                }
            } catch (IOException gone) {
                assertTrue(from.isConnected());
            }
        });
        long quiet = System.nanoTime();
        Thread.State before = Thread.State.NEW;
        while (System.nanoTime() - quiet < 300_000_000L) {
            Thread.State now = sender.getState();
            quiet = now == before && now != Thread.State.RUNNABLE ? quiet : System.nanoTime();
            before = now;
            LockSupport.parkNanos(1_000_000);
        }
        return sender;
    }

    @Test
    void aClientThatGoesWhileItsTargetIsSoughtEndsTheSession() throws Exception {
        assumeTrue(SocketKind.ofThisMachine() == SocketKind.NATIVE);
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = Peers.connect(deaf.getLocalPort());
                Socket second = Peers.connect(deaf.getLocalPort())) {
            Paths path = new Paths().to(deaf.getLocalPort());
            try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port())) {
                Peers.send(client, "hello");
                reset(client);
                assertTrue(engine.log().await("session 1 (").contains(RESET));
                assertTrue(first.isConnected() && second.isConnected());
                assertEquals(0, engine.engine().statistics().getFirst().active());
            }
        }
    }
}
