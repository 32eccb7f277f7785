package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.SecuredTrial;
import org.relayd.runtime.relay.frame.FrameEnd;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;

/**
 * Whatever is sent in whatever pieces arrives, and after it the end, however the reader pauses: nothing may wait for an
 * event that does not come.
 */
class SentPiecesPropertyTest {
    private static final Executor THREADS = Thread::startVirtualThread;

    /**
     * One send.
     *
     * @param array
     *            octets of an array
     * @param more
     *            octets of a buffer after it
     * @param turn
     *            whether the loop has a turn before it
     */
    record Piece(int array, int more, boolean direct, boolean turn) {

        void send(Wire wire, ByteArrayOutputStream all) {
            byte[] head = octets(array, all.size());
            byte[] rest = octets(more, all.size() + array);
            all.writeBytes(head);
            all.writeBytes(rest);
            // A buffer may stay where it is, an array not.
            ByteBuf buffer = direct ? Unpooled.directBuffer(Math.max(more, 1)).writeBytes(rest)
                    : Unpooled.copiedBuffer(rest);
            if (array == 0) {
                wire.send(buffer, more);
            } else {
                wire.send(head, array, buffer, more);
            }
            Arrays.fill(head, (byte) 0);
            buffer.release();
        }

        private static byte[] octets(int length, int from) {
            byte[] octets = new byte[length];
            for (int i = 0; i < length; i++) {
                octets[i] = (byte) ((from + i) * 31 + (from + i) / 251);
            }
            return octets;
        }
    }

    @Provide
    Arbitrary<List<Piece>> pieces() {
        Arbitrary<Integer> length = Arbitraries.of(0, 1, 1000, 16_384, 65_535, 65_536, 65_537, 100_000, 700_000);
        return Combinators.combine(length, length, Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as(Piece::new).list().ofMinSize(1).ofMaxSize(12);
    }

    /** Forms that the bytes have on their way. */
    enum Form {
        PLAIN, FRAMED, TLS
    }

    private static byte[] read(Socket peer, Form form, int length, int step) {
        boolean framed = form == Form.FRAMED;
        try (FrameEnd frames = new FrameEnd(peer)) {
            ByteArrayOutputStream come = new ByteArrayOutputStream();
            while (come.size() < length) {
                int wanted = Math.min(step, length - come.size());
                come.writeBytes(framed ? frames.read(wanted) : peer.getInputStream().readNBytes(wanted));
                LockSupport.parkNanos(200_000);
            }
            come.writeBytes(framed ? frames.readAll() : peer.getInputStream().readAllBytes());
            return come.toByteArray();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Wire connect(WireLoop wires, ServerSocket server, Form form) throws Exception {
        Transport transport = form == Form.FRAMED ? FramedLayer.of(wires.transport()) : wires.transport();
        CompletableFuture<Wire> made = new CompletableFuture<>();
        wires.ask(() -> transport.connect((InetSocketAddress) server.getLocalSocketAddress(), TcpSettings.defaults(),
                new Transport.ConnectOutcome() {
                    @Override
                    public void connected(Wire wire) {
                        made.complete(wire);
                    }

                    @Override
                    public void failed(Transport.Failure failure) {
                        made.completeExceptionally(new AssertionError(failure.text()));
                    }
                }));
        return made.get(WireLoop.PATIENCE, TimeUnit.SECONDS);
    }

    @Property(tries = 90, seed = "2026", shrinking = ShrinkingMode.OFF)
    void arriveInOrderAndThenTheEnd(@ForAll("pieces") List<Piece> pieces, @ForAll Form form,
            @ForAll boolean closes) throws Exception {
        try (WireLoop wires = new WireLoop();
                ServerSocket server = Peers.listen();
                SecuredTrial trial = new SecuredTrial(SecuredTrial.Library.BORINGSSL, TlsVersion.TLSV1_3)) {
            server.setReceiveBufferSize(32 * 1024);
            Wire wire = connect(wires, server, form);
            Socket raw = Peers.accept(server);
            Socket peer = form == Form.TLS ? trial.secure(wire, SecuredTrial.End.SERVER, raw, wires.loop()) : raw;
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            int length = pieces.stream().mapToInt(piece -> piece.array() + piece.more()).sum();
            CompletableFuture<byte[]> come = CompletableFuture
                    .supplyAsync(() -> read(peer, form, length, 1 + length / 50), THREADS);
            for (Piece piece : pieces) {
                if (piece.turn()) {
                    wires.ask(() -> wire);
                }
                wires.ask(() -> {
                    piece.send(wire, sent);
                    return wire;
                });
            }
            wires.ask(() -> {
                if (closes) {
                    wire.closeAfterOutput();
                } else {
                    wire.shutdownOutput();
                }
                return wire;
            });
            assertArrayEquals(sent.toByteArray(), come.get(WireLoop.PATIENCE, TimeUnit.SECONDS));
        }
    }
}
