package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.frame.OtherWires;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;

/** What {@link Wire} promises, of the wires of this system and of the portable ones. */
class WireContractTest {
    private WireTrial trial;

    @AfterEach
    void stop() {
        trial.close();
    }

    @ParameterizedTest
    @EnumSource
    void aByteThatWaitsIsCongestionAndItsEndIsToldOnce(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        try (ServerSocket server = Peers.listen()) {
            Wire wire = trial.connect(server);
            try (Socket peer = trial.accept(server)) {
                WireTrial.Ear ear = new WireTrial.Ear();
                byte[] sent = trial.ask(() -> {
                    wire.listener(ear);
                    return WireTrial.fill(wire, ear);
                });
                assertTrue(trial.ask(wire::isCongested));
                assertArrayEquals(sent, peer.getInputStream().readNBytes(sent.length));
                assertTrue(ear.drained.get(WireTrial.PATIENCE, TimeUnit.SECONDS));
                assertEquals(1, trial.ask(() -> ear.times));
                assertFalse(trial.ask(wire::isCongested));
                trial.ask(() -> {
                    wire.close();
                    return wire;
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyWiresOfThisSystemAnswerThatTheKernelMovesBytes(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        try (ServerSocket server = Peers.listen()) {
            Wire from = trial.connect(server);
            Wire to = trial.connect(server);
            boolean kernel = kind.sockets() == SocketKind.NATIVE && kind.isPlain();
            assertEquals(kernel, trial.ask(() -> from.pass(to, 1)));
            Transport below = trial.loops().getFirst().transport();
            assertFalse(trial.ask(() -> from.pass(OtherWires.framed(below).over().apply(to), 1)));
            assertFalse(trial.ask(() -> {
                from.close();
                to.close();
                return from.pass(to, 1);
            }));
        }
    }

    /** Hears what comes from an end that cannot be reached any more. */
    private static final class LastWords implements WireListener {
        private final CompletableFuture<String> all = new CompletableFuture<>();
        private final StringBuilder heard = new StringBuilder();

        @Override
        public void received(ByteBuf bytes) {
            heard.append(bytes.readCharSequence(bytes.readableBytes(), StandardCharsets.US_ASCII));
        }

        @Override
        public void passed(long count) {
            throw new AssertionError("nothing was passed");
        }

        @Override
        public void ended() {
            heard.append(" ended");
        }

        @Override
        public void drained() {
            throw new AssertionError("nothing goes");
        }

        @Override
        public void unheard(Fault reason) {
            heard.append(" unheard ");
        }

        @Override
        public void broken(Fault reason) {
            all.complete(heard + " broken");
        }
    }

    /** The wire sends when the other end has spoken and reset the connection, which nobody has noticed. */
    private String lastWords(boolean readsBefore) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Wire wire = trial.connect(server);
            Socket peer = trial.accept(server);
            LastWords ear = new LastWords();
            trial.ask(() -> {
                wire.listener(ear);
                wire.read(readsBefore);
                // The loop is here: nothing is told meanwhile.
                Peers.send(peer, "last words");
                trial.reset(peer);
                for (int i = 0; i < 3; i++) {
                    wire.send(new byte[9], 9);
                }
                assertTrue(wire.isCongested());
                return wire;
            });
            trial.ask(() -> {
                wire.read(true);
                return wire;
            });
            String all = ear.all.get(WireTrial.PATIENCE, TimeUnit.SECONDS);
            assertFalse(trial.ask(wire::isCongested));
            return all;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCameBeforeASendFailedIsStillRead(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        assertEquals(" unheard last words broken", lastWords(true));
        assertEquals(" unheard last words broken", lastWords(false));
    }

    @ParameterizedTest
    @EnumSource
    void aClosedWireTakesBytesAndForgetsThem(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        try (ServerSocket server = Peers.listen()) {
            Wire wire = trial.connect(server);
            ByteBuf bytes = Unpooled.wrappedBuffer(new byte[5]);
            trial.ask(() -> {
                wire.close();
                wire.send(bytes, 2);
                wire.send(new byte[1], 1, bytes, 2);
                return wire;
            });
            assertEquals(1, bytes.readableBytes());
            assertEquals(1, bytes.refCnt());
            assertFalse(trial.ask(wire::isCongested));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anArrayOfAnyLengthLeavesAtOnce(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        try (ServerSocket server = Peers.listen()) {
            Wire wire = trial.connect(server);
            try (Socket peer = trial.accept(server)) {
                // The only event that tells of room has passed.
                trial.ask(() -> trial.loops());
                for (int length : new int[]{1, 65_535, 65_536, 65_537, 300_000}) {
                    for (int more : new int[]{0, 1, 100_000}) {
                        byte[] head = WireTrial.octets(length);
                        byte[] rest = WireTrial.octets(more);
                        trial.ask(() -> {
                            wire.send(head, length, Unpooled.wrappedBuffer(rest), more);
                            return wire;
                        });
                        assertArrayEquals(head, peer.getInputStream().readNBytes(length), length + "");
                        assertArrayEquals(rest, peer.getInputStream().readNBytes(more), length + ", " + more);
                    }
                }
                // A socket that speaks TLS waits for the other end when it is closed.
                trial.ask(() -> {
                    wire.close();
                    return wire;
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void longArraysWaitInOrderAndCloseAfterThem(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        try (ServerSocket server = Peers.listen()) {
            Wire wire = trial.connect(server);
            try (Socket peer = trial.accept(server)) {
                WireTrial.Ear ear = new WireTrial.Ear();
                byte[] head = WireTrial.octets(300_000);
                byte[] before = trial.ask(() -> {
                    wire.listener(ear);
                    byte[] filled = WireTrial.fill(wire, ear);
                    wire.send(head, head.length);
                    wire.send(head, head.length, Unpooled.wrappedBuffer(head), head.length);
                    wire.closeAfterOutput();
                    return filled;
                });
                assertArrayEquals(before, peer.getInputStream().readNBytes(before.length));
                for (int i = 0; i < 3; i++) {
                    assertArrayEquals(head, peer.getInputStream().readNBytes(head.length), "head " + i);
                }
                assertEquals(-1, peer.getInputStream().read());
            }
        }
    }
}
