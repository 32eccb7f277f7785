package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.frame.OtherWires;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;

/** What {@link Wire} promises of its ways to close, of the wires of this system and of the portable ones. */
class WireCloseTest {
    private WireTrial trial;

    @AfterEach
    void stop() {
        trial.close();
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
    void aResetIsNoEndForTheOtherSide(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        Transport below = trial.loops().getFirst().transport();
        try (ServerSocket server = Peers.listen()) {
            for (boolean framed : new boolean[]{false, true}) {
                Wire wire = trial.connect(server);
                try (Socket peer = trial.accept(server)) {
                    trial.ask(() -> {
                        Wire reset = framed ? OtherWires.framed(below).over().apply(wire) : wire;
                        reset.listener(new WireTrial.Ear());
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
    void whatWaitsIsGivenUpByAReset(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        try (ServerSocket server = Peers.listen()) {
            Wire wire = trial.connect(server);
            try (Socket peer = trial.accept(server)) {
                WireTrial.Ear ear = new WireTrial.Ear();
                byte[] sent = trial.ask(() -> {
                    wire.listener(ear);
                    byte[] filled = WireTrial.fill(wire, ear);
                    wire.closeLingering();
                    wire.reset();
                    return filled;
                });
                assertFalse(trial.ask(wire::isCongested));
                assertTrue(readUntilReset(peer) < sent.length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCloseThatGivesUpWhatWaitsIsNoEndForTheOtherSide(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        try (ServerSocket server = Peers.listen()) {
            Wire wire = trial.connect(server);
            try (Socket peer = trial.accept(server)) {
                WireTrial.Ear ear = new WireTrial.Ear();
                byte[] sent = trial.ask(() -> {
                    wire.listener(ear);
                    byte[] filled = WireTrial.fill(wire, ear);
                    wire.close();
                    return filled;
                });
                assertTrue(readUntilReset(peer) < sent.length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCloseThatGivesNothingUpIsAnEnd(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        try (ServerSocket server = Peers.listen()) {
            Wire wire = trial.connect(server);
            try (Socket peer = trial.accept(server)) {
                trial.ask(() -> {
                    wire.send(new byte[]{1, 2}, 2);
                    wire.close();
                    return wire;
                });
                assertEquals(2, peer.getInputStream().readAllBytes().length);
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
    private Void whoStillSendsAndReadsSlowlyGetsEverything(Closing closing, int sends, Wire wire, Socket peer)
            throws Exception {
        try (peer) {
            WireTrial.Ear ear = new WireTrial.Ear();
            byte[] sent = trial.ask(() -> {
                wire.listener(ear);
                return WireTrial.fill(wire, ear);
            });
            // Nobody reads this octet; those that follow would each make a reset of a close.
            peer.getOutputStream().write(0);
            trial.ask(() -> {
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
            return null;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsReachesWhoStillSendsAfterTheClose(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        // Others than Linux do not tell whether the other end still reads.
        int sends = kind.sockets() == SocketKind.NATIVE ? 15 : 1;
        try (ServerSocket server = Peers.listen();
                ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> ends = new ArrayList<>();
            for (Closing closing : Closing.values()) {
                Wire wire = trial.connect(server);
                Socket peer = trial.accept(server);
                ends.add(together
                        .submit(() -> whoStillSendsAndReadsSlowlyGetsEverything(closing, sends, wire, peer)));
            }
            for (Future<Void> end : ends) {
                end.get();
            }
        }
    }

    /** Sends until that fails. */
    private static CompletableFuture<Boolean> flood(Socket peer) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                while (true) {
                    peer.getOutputStream().write(new byte[WireTrial.PIECE]);
                }
            } catch (IOException unwanted) {
                return true;
            }
        }, Thread::startVirtualThread);
    }

    @ParameterizedTest
    @EnumSource
    void whoGoesOnSendingToAClosedWireLearnsThatNobodyWantsIt(WireTrial.Kind kind) throws Exception {
        trial = new WireTrial(kind);
        try (ServerSocket server = Peers.listen()) {
            Wire wire = trial.connect(server);
            try (Socket peer = trial.accept(server)) {
                byte[] request = WireTrial.octets(100);
                peer.getOutputStream().write(0);
                trial.ask(() -> {
                    wire.read(false);
                    wire.send(request, request.length);
                    return wire;
                });
                CompletableFuture<Boolean> refused = flood(peer);
                // The loop hears of what comes before it closes.
                assertArrayEquals(request, peer.getInputStream().readNBytes(request.length));
                trial.ask(() -> wire);
                trial.ask(() -> {
                    wire.closeAfterOutput();
                    return wire;
                });
                assertTrue(refused.get(WireTrial.PATIENCE, TimeUnit.SECONDS));
            }
        }
    }
}
