package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.SecuredTrial;
import org.relayd.runtime.relay.SecuredTrial.End;
import org.relayd.runtime.relay.SecuredTrial.Library;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Wire;

/** Wires that speak TLS by real libraries with ends that speak it by the JDK. */
class TlsWireTest {
    private static final int ODD = 777;
    private static final Executor THREADS = Thread::startVirtualThread;

    private final WireLoop wires = new WireLoop();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<Wire> made = new ArrayList<>();
    private Optional<SecuredTrial> trial = Optional.empty();

    @AfterEach
    void close() throws Exception {
        wires.ask(() -> {
            made.forEach(Wire::close);
            return made;
        });
        assertEquals(0, trial.map(SecuredTrial::alive).orElse(0));
        wires.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        trial.ifPresent(SecuredTrial::close);
    }

    private void begin(Library library, TlsVersion... versions) {
        trial = Optional.of(new SecuredTrial(library, versions));
    }

    /** Sends back what comes, and waits for who does not read it. */
    private static final class Echo extends SilentListener {
        private final Wire wire;
        private final CompletableFuture<String> over = new CompletableFuture<>();

        Echo(Wire wire) {
            this.wire = wire;
        }

        @Override
        public void received(ByteBuf bytes) {
            // In the ways that sessions send.
            int first = Math.min(bytes.readableBytes(), 100);
            byte[] head = new byte[first];
            bytes.readBytes(head);
            wire.send(head, first, bytes, bytes.readableBytes());
            if (wire.isCongested()) {
                wire.read(false);
            }
        }

        @Override
        public void drained() {
            wire.read(true);
        }

        @Override
        public void ended() {
            wire.shutdownOutput();
            over.complete("ended");
        }

        @Override
        public void broken(Fault reason) {
            over.complete(reason.text());
        }
    }

    /** An echo and the socket that it is for. */
    private record Pair(Echo echo, SSLSocket peer, Socket raw) {}

    private Pair echo(End end, TcpSettings tcp) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Wire wire = wires.connect(server, tcp);
            made.add(wire);
            Socket raw = Peers.accept(server);
            sockets.add(raw);
            SSLSocket peer = trial.orElseThrow().secure(wire, end, raw, wires.loop());
            Echo echo = new Echo(wire);
            wires.ask(() -> {
                wire.listener(echo);
                wire.read(true);
                return wire;
            });
            return new Pair(echo, peer, raw);
        }
    }

    private static byte[] octets(long from, int count) {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) {
            long at = from + i;
            octets[i] = (byte) (at * 31 + at / 251 + at / 65_521);
        }
        return octets;
    }

    /** Writes that many octets in records of some length; a change of keys now and then, if that is wanted. */
    private static CompletableFuture<Void> write(SSLSocket peer, long length, int record, int keys) {
        return CompletableFuture.runAsync(() -> {
            try {
                int records = 0;
                for (long at = 0; at < length; at += record) {
                    peer.getOutputStream().write(octets(at, (int) Math.min(record, length - at)));
                    if (keys > 0 && ++records % keys == 0) {
                        peer.startHandshake();
                    }
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }, THREADS);
    }

    private static void read(InputStream from, long length) throws IOException {
        for (long at = 0; at < length; at += 100_000) {
            int count = (int) Math.min(100_000, length - at);
            assertArrayEquals(octets(at, count), from.readNBytes(count), "at " + at);
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, SERVER, TLSV1_3, 777, 67108864", "BORINGSSL, SERVER, TLSV1_2, 777, 8388608",
            "BORINGSSL, CLIENT, TLSV1_3, 16384, 16777216", "BORINGSSL, CLIENT, TLSV1_2, 5000, 8388608",
            "JDK, SERVER, TLSV1_3, 777, 8388608", "JDK, CLIENT, TLSV1_2, 16384, 8388608"})
    void everythingComesBackAndThenTheEnd(Library library, End end, TlsVersion version, int record, long length)
            throws Exception {
        begin(library, version);
        Pair pair = echo(end, TcpSettings.defaults());
        CompletableFuture<Void> written = write(pair.peer(), length, record, 0);
        read(pair.peer().getInputStream(), length);
        written.get(WireLoop.PATIENCE, TimeUnit.SECONDS);
        if (version == TlsVersion.TLSV1_3) {
            pair.peer().shutdownOutput();
            assertEquals(-1, pair.peer().getInputStream().read());
            assertEquals("ended", pair.echo().over.get(WireLoop.PATIENCE, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysMayChangeOnTheWay(Library library) throws Exception {
        begin(library, TlsVersion.TLSV1_3);
        Pair pair = echo(End.SERVER, TcpSettings.defaults());
        int length = 4 << 20;
        CompletableFuture<Void> written = write(pair.peer(), length, 16_000, 20);
        read(pair.peer().getInputStream(), length);
        written.get(WireLoop.PATIENCE, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSV1_3, 0", "BORINGSSL, TLSV1_3, 1000", "BORINGSSL, TLSV1_3, 65436",
            "BORINGSSL, TLSV1_3, 65437", "BORINGSSL, TLSV1_2, 1000", "BORINGSSL, TLSV1_3, 3000000",
            "JDK, TLSV1_3, 1000", "JDK, TLSV1_2, 65436", "JDK, TLSV1_3, 3000000"})
    void lastBytesComeBeforeTheEnd(Library library, TlsVersion version, int rest) throws Exception {
        begin(library, version);
        Pair pair = echo(End.SERVER, buffers(16 * 1024));
        CompletableFuture<Void> written = write(pair.peer(), 1, 1, 0);
        read(pair.peer().getInputStream(), 1);
        written.get(WireLoop.PATIENCE, TimeUnit.SECONDS);
        wires.ask(() -> {
            pair.echo().wire.sendLast(octets(0, 100), 100, Unpooled.wrappedBuffer(octets(100, rest)), rest);
            pair.echo().wire.closeAfterOutput();
            return pair;
        });
        read(pair.peer().getInputStream(), 100L + rest);
        // Without the sign of the end this would be an exception.
        assertEquals(-1, pair.peer().getInputStream().read());
    }

    /** Buffers of a fixed size in the kernel. */
    private static TcpSettings buffers(int bytes) {
        return new TcpSettings(Optional.empty(), Optional.empty(), false, OptionalInt.of(bytes), OptionalInt.empty(),
                OptionalInt.empty(), OptionalInt.empty());
    }

    @Test
    void hundredWiresOfOneLoopDoNotMixUp() throws Exception {
        begin(Library.BORINGSSL, TlsVersion.TLSV1_3);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        int length = 300_000;
        for (int i = 0; i < 100; i++) {
            Pair pair = echo(i % 2 == 0 ? End.SERVER : End.CLIENT, buffers(16 * 1024));
            int from = i * 1_000;
            int record = 100 + i * ODD % 16_000;
            all.add(CompletableFuture.runAsync(() -> {
                try {
                    for (int at = 0; at < length; at += record) {
                        pair.peer().getOutputStream().write(octets(from + at, Math.min(record, length - at)));
                    }
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }, THREADS));
            all.add(CompletableFuture.runAsync(() -> {
                try {
                    assertArrayEquals(octets(from, length), pair.peer().getInputStream().readNBytes(length));
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }, THREADS));
        }
        for (CompletableFuture<Void> one : all) {
            one.get(3 * WireLoop.PATIENCE, TimeUnit.SECONDS);
        }
        assertEquals(0L, wires.ask(() -> wires.transport().memory().sealed()));
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotReadHasToWaitAndGetsEverything(End end) throws Exception {
        begin(Library.BORINGSSL, TlsVersion.TLSV1_3);
        Pair pair = echo(end, buffers(16 * 1024));
        int length = 8 << 20;
        CompletableFuture<Void> written = write(pair.peer(), length, 10_000, 0);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WireLoop.PATIENCE);
        while (!wires.ask(pair.echo().wire::isCongested)) {
            assertTrue(System.nanoTime() < deadline);
        }
        assertTrue(wires.ask(() -> wires.transport().memory().sealed()) <= 140_000);
        read(pair.peer().getInputStream(), length);
        written.get(WireLoop.PATIENCE, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatEndsWithoutAWordIsCutOff(Library library) throws Exception {
        begin(library, TlsVersion.TLSV1_2, TlsVersion.TLSV1_3);
        Pair pair = echo(End.SERVER, TcpSettings.defaults());
        pair.peer().getOutputStream().write(octets(0, 1000));
        read(pair.peer().getInputStream(), 1000);
        pair.raw().shutdownOutput();
        assertEquals(Fault.CUT_OFF.text(), pair.echo().over.get(WireLoop.PATIENCE, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void octetsThatAreNoRecordBreakTheWireAndAnAlertTellsSo(Library library) throws Exception {
        begin(library, TlsVersion.TLSV1_3);
        Pair pair = echo(End.SERVER, TcpSettings.defaults());
        pair.raw().getOutputStream().write(new byte[]{23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
                15, 16, 17, 18, 19, 20});
        String why = pair.echo().over.get(WireLoop.PATIENCE, TimeUnit.SECONDS);
        assertTrue(why.startsWith("TLS: "), why);
        int alert = pair.raw().getInputStream().read();
        assertTrue(alert == 21 || alert == 23, alert + " begins no alert");
    }

    @ParameterizedTest
    @EnumSource
    void aResetBreaksTheWire(Library library) throws Exception {
        begin(library, TlsVersion.TLSV1_3);
        Pair pair = echo(End.SERVER, TcpSettings.defaults());
        Peers.reset(pair.raw());
        assertEquals("Connection reset by peer", pair.echo().over.get(WireLoop.PATIENCE, TimeUnit.SECONDS));
    }

    @Test
    void bytesBetweenTwoWiresAreCopied() throws Exception {
        begin(Library.BORINGSSL, TlsVersion.TLSV1_3);
        Wire one = echo(End.SERVER, TcpSettings.defaults()).echo().wire;
        try (ServerSocket server = Peers.listen()) {
            Wire plain = wires.connect(server, TcpSettings.defaults());
            sockets.add(Peers.accept(server));
            assertTrue(wires.ask(() -> !plain.pass(one, 1) && !one.pass(plain, 1)));
            wires.ask(() -> {
                plain.close();
                return plain;
            });
        }
        wires.ask(() -> {
            one.send(Unpooled.EMPTY_BUFFER, 0);
            one.send(new byte[0], 0);
            one.close();
            return one;
        });
    }
}
