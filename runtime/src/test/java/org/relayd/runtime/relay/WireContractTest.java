package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.frame.OtherWires;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;

/** What {@link Wire} promises, of the wires of this system and of the portable ones. */
class WireContractTest {
    private static final int PIECE = 200_000;
    private static final long PATIENCE = 10;

    private EngineLoops loops;

    /** Kinds of wires. */
    enum Kind {
        SYSTEM, PORTABLE;

        EngineLoops loops() {
            return EngineLoops.start(sockets(), 1);
        }

        SocketKind sockets() {
            return this == SYSTEM ? SocketKind.ofThisMachine() : SocketKind.PORTABLE;
        }
    }

    @AfterEach
    void stop() {
        loops.stop();
    }

    private <T> T ask(Callable<T> call) throws Exception {
        return loops.loops().getFirst().executor().submit(call).get(PATIENCE, TimeUnit.SECONDS);
    }

    private Wire connect(ServerSocket server) throws Exception {
        CompletableFuture<Wire> made = new CompletableFuture<>();
        ask(() -> loops.loops().getFirst().transport().connect((InetSocketAddress) server.getLocalSocketAddress(),
                TcpSettings.defaults(), new Transport.ConnectOutcome() {
                    @Override
                    public void connected(Wire wire) {
                        made.complete(wire);
                    }

                    @Override
                    public void failed(Transport.Failure failure) {
                        made.completeExceptionally(new AssertionError(failure.toString()));
                    }
                }));
        return made.get(PATIENCE, TimeUnit.SECONDS);
    }

    /** Counts how often congestion ends. */
    private static final class Ear implements WireListener {
        private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
        private int times;
        private boolean sending;

        @Override
        public void received(ByteBuf bytes) {
            throw new AssertionError("nothing was sent here");
        }

        @Override
        public void passed(long count) {
            throw new AssertionError("nothing was passed");
        }

        @Override
        public void ended() {
            // The test is over.
        }

        @Override
        public void drained() {
            times++;
            drained.complete(!sending);
        }

        @Override
        public void unheard(Fault reason) {
            drained.completeExceptionally(new AssertionError(reason.text()));
        }

        @Override
        public void broken(Fault reason) {
            drained.completeExceptionally(new AssertionError(reason.text()));
        }
    }

    /** Sends one piece after the other, each out of the same buffer unless the wire holds it, until one has to wait. */
    private static byte[] fill(Wire wire, Ear ear) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteBuf buffer = Unpooled.directBuffer(PIECE);
        ear.sending = true;
        for (int i = 1; !wire.isCongested(); i++) {
            byte[] octets = new byte[PIECE];
            Arrays.fill(octets, (byte) i);
            sent.writeBytes(octets);
            buffer.clear().writeBytes(octets);
            wire.send(octets, 1000, buffer.skipBytes(1000), PIECE / 2);
            wire.send(buffer, buffer.readableBytes());
            assertEquals(0, buffer.readableBytes());
            Arrays.fill(octets, (byte) 0);
            if (buffer.refCnt() == 1) {
                buffer.setZero(0, PIECE);
            } else {
                buffer.release();
                buffer = Unpooled.directBuffer(PIECE);
            }
        }
        ear.sending = false;
        buffer.release();
        return sent.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void aByteThatWaitsIsCongestionAndItsEndIsToldOnce(Kind kind) throws Exception {
        loops = kind.loops();
        try (ServerSocket server = Peers.listen()) {
            Wire wire = connect(server);
            try (Socket peer = Peers.accept(server)) {
                Ear ear = new Ear();
                byte[] sent = ask(() -> {
                    wire.listener(ear);
                    return fill(wire, ear);
                });
                assertTrue(ask(wire::isCongested));
                assertArrayEquals(sent, peer.getInputStream().readNBytes(sent.length));
                assertTrue(ear.drained.get(PATIENCE, TimeUnit.SECONDS));
                assertEquals(1, ask(() -> ear.times));
                assertFalse(ask(wire::isCongested));
                ask(() -> {
                    wire.close();
                    return wire;
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyWiresOfThisSystemAnswerThatTheKernelMovesBytes(Kind kind) throws Exception {
        loops = kind.loops();
        try (ServerSocket server = Peers.listen()) {
            Wire from = connect(server);
            Wire to = connect(server);
            boolean kernel = kind.sockets() == SocketKind.NATIVE;
            assertEquals(kernel, ask(() -> from.pass(to, 1)));
            Transport below = loops.loops().getFirst().transport();
            assertFalse(ask(() -> from.pass(OtherWires.framed(below).over().apply(to), 1)));
            assertFalse(ask(() -> {
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
            Wire wire = connect(server);
            Socket peer = Peers.accept(server);
            LastWords ear = new LastWords();
            ask(() -> {
                wire.listener(ear);
                wire.read(readsBefore);
                // The loop is here: nothing is told meanwhile.
                Peers.send(peer, "last words");
                Peers.reset(peer);
                for (int i = 0; i < 3; i++) {
                    wire.send(new byte[9], 9);
                }
                assertTrue(wire.isCongested());
                return wire;
            });
            ask(() -> {
                wire.read(true);
                return wire;
            });
            String all = ear.all.get(PATIENCE, TimeUnit.SECONDS);
            assertFalse(ask(wire::isCongested));
            return all;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCameBeforeASendFailedIsStillRead(Kind kind) throws Exception {
        loops = kind.loops();
        assertEquals(" unheard last words broken", lastWords(true));
        assertEquals(" unheard last words broken", lastWords(false));
    }

    /** What somebody reads before a reset; fails at the end of the stream. */
    private static int readUntilReset(Socket peer) throws IOException {
        int count = 0;
        try {
            while (peer.getInputStream().read() >= 0) {
                count++;
            }
        } catch (SocketException reset) {
            assertEquals("Connection reset", reset.getMessage());
            return count;
        }
        throw new AssertionError("the stream ended");
    }

    @ParameterizedTest
    @EnumSource
    void aResetIsNoEndForTheOtherSide(Kind kind) throws Exception {
        loops = kind.loops();
        Transport below = loops.loops().getFirst().transport();
        try (ServerSocket server = Peers.listen()) {
            for (boolean framed : new boolean[]{false, true}) {
                Wire wire = connect(server);
                try (Socket peer = Peers.accept(server)) {
                    ask(() -> {
                        Wire reset = framed ? OtherWires.framed(below).over().apply(wire) : wire;
                        reset.listener(new Ear());
                        reset.send(new byte[]{1, 2}, 2);
                        reset.reset();
                        reset.reset();
                        return reset;
                    });
                    assertTrue(readUntilReset(peer) >= 2);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsIsGivenUpByAReset(Kind kind) throws Exception {
        loops = kind.loops();
        try (ServerSocket server = Peers.listen()) {
            Wire wire = connect(server);
            try (Socket peer = Peers.accept(server)) {
                Ear ear = new Ear();
                byte[] sent = ask(() -> {
                    wire.listener(ear);
                    byte[] filled = fill(wire, ear);
                    wire.closeLingering();
                    wire.reset();
                    return filled;
                });
                assertFalse(ask(wire::isCongested));
                assertTrue(readUntilReset(peer) < sent.length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCloseThatGivesUpWhatWaitsIsNoEndForTheOtherSide(Kind kind) throws Exception {
        loops = kind.loops();
        try (ServerSocket server = Peers.listen()) {
            Wire wire = connect(server);
            try (Socket peer = Peers.accept(server)) {
                Ear ear = new Ear();
                byte[] sent = ask(() -> {
                    wire.listener(ear);
                    byte[] filled = fill(wire, ear);
                    wire.close();
                    return filled;
                });
                assertTrue(readUntilReset(peer) < sent.length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCloseThatGivesNothingUpIsAnEnd(Kind kind) throws Exception {
        loops = kind.loops();
        try (ServerSocket server = Peers.listen()) {
            Wire wire = connect(server);
            try (Socket peer = Peers.accept(server)) {
                ask(() -> {
                    wire.send(new byte[]{1, 2}, 2);
                    wire.close();
                    return wire;
                });
                assertEquals(2, peer.getInputStream().readAllBytes().length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedWireTakesBytesAndForgetsThem(Kind kind) throws Exception {
        loops = kind.loops();
        try (ServerSocket server = Peers.listen()) {
            Wire wire = connect(server);
            ByteBuf bytes = Unpooled.wrappedBuffer(new byte[5]);
            ask(() -> {
                wire.close();
                wire.send(bytes, 2);
                wire.send(new byte[1], 1, bytes, 2);
                return wire;
            });
            assertEquals(1, bytes.readableBytes());
            assertEquals(1, bytes.refCnt());
            assertFalse(ask(wire::isCongested));
        }
    }

    /** What a head and what follows it come to, each octet telling its place. */
    private static byte[] octets(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i * 31 + i / 251);
        }
        return octets;
    }

    @ParameterizedTest
    @EnumSource
    void anArrayOfAnyLengthLeavesAtOnce(Kind kind) throws Exception {
        loops = kind.loops();
        try (ServerSocket server = Peers.listen()) {
            Wire wire = connect(server);
            try (Socket peer = Peers.accept(server)) {
                // The only event that tells of room has passed.
                ask(() -> loops.loops());
                for (int length : new int[]{1, 65_535, 65_536, 65_537, 300_000}) {
                    for (int more : new int[]{0, 1, 100_000}) {
                        byte[] head = octets(length);
                        byte[] rest = octets(more);
                        ask(() -> {
                            wire.send(head, length, Unpooled.wrappedBuffer(rest), more);
                            return wire;
                        });
                        assertArrayEquals(head, peer.getInputStream().readNBytes(length), length + "");
                        assertArrayEquals(rest, peer.getInputStream().readNBytes(more), length + ", " + more);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void longArraysWaitInOrderAndCloseAfterThem(Kind kind) throws Exception {
        loops = kind.loops();
        try (ServerSocket server = Peers.listen()) {
            Wire wire = connect(server);
            try (Socket peer = Peers.accept(server)) {
                Ear ear = new Ear();
                byte[] head = octets(300_000);
                byte[] before = ask(() -> {
                    wire.listener(ear);
                    byte[] filled = fill(wire, ear);
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

    /** Ways to close a wire that still has to send. */
    enum Closing {
        ANSWERED, LINGERING;

        void close(Wire wire) {
            switch (this) {
                case ANSWERED -> wire.closeAnswered();
                case LINGERING -> wire.closeLingering();
            }
        }
    }

    /** The other end reads in pieces and sends an octet after some of them. */
    private void whoStillSendsAndReadsSlowlyGetsEverything(Closing closing, int sends) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Wire wire = connect(server);
            try (Socket peer = Peers.accept(server)) {
                Ear ear = new Ear();
                byte[] sent = ask(() -> {
                    wire.listener(ear);
                    return fill(wire, ear);
                });
                // Nobody reads this octet; those that follow would each make a reset of a close.
                peer.getOutputStream().write(0);
                ask(() -> {
                    closing.close(wire);
                    return wire;
                });
                int pieces = 20;
                int piece = sent.length / pieces;
                for (int i = 0; i < pieces; i++) {
                    byte[] read = peer.getInputStream().readNBytes(piece);
                    assertArrayEquals(Arrays.copyOfRange(sent, i * piece, (i + 1) * piece), read, "piece " + i);
                    if (i % sends == sends - 1) {
                        peer.getOutputStream().write(0);
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
                assertEquals(sent.length % pieces, peer.getInputStream().readAllBytes().length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsReachesWhoStillSendsAfterTheClose(Kind kind) throws Exception {
        loops = kind.loops();
        for (Closing closing : Closing.values()) {
            // Others than Linux do not tell whether the other end still reads.
            whoStillSendsAndReadsSlowlyGetsEverything(closing, kind.sockets() == SocketKind.NATIVE ? 15 : 1);
        }
    }

    /** Sends until that fails. */
    private static CompletableFuture<Boolean> flood(Socket peer) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                while (true) {
                    peer.getOutputStream().write(new byte[PIECE]);
                }
            } catch (IOException unwanted) {
                return true;
            }
        }, Thread::startVirtualThread);
    }

    @ParameterizedTest
    @EnumSource
    void whoGoesOnSendingToAClosedWireLearnsThatNobodyWantsIt(Kind kind) throws Exception {
        loops = kind.loops();
        try (ServerSocket server = Peers.listen()) {
            Wire wire = connect(server);
            try (Socket peer = Peers.accept(server)) {
                byte[] request = octets(100);
                peer.getOutputStream().write(0);
                ask(() -> {
                    wire.read(false);
                    wire.send(request, request.length);
                    return wire;
                });
                CompletableFuture<Boolean> refused = flood(peer);
                // The loop hears of what comes before it closes.
                assertArrayEquals(request, peer.getInputStream().readNBytes(request.length));
                ask(() -> wire);
                ask(() -> {
                    wire.closeAfterOutput();
                    return wire;
                });
                assertTrue(refused.get(PATIENCE, TimeUnit.SECONDS));
            }
        }
    }
}
