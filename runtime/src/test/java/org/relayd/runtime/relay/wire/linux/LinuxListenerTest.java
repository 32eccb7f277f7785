package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

class LinuxListenerTest {
    private final WireLoop wires = new WireLoop();

    @AfterEach
    void close() {
        wires.close();
    }

    /** Hears why nobody is accepted, and when. */
    private static final class Ear implements Transport.Arrivals {
        private final List<Long> times = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();
        private final CompletableFuture<Boolean> twice = new CompletableFuture<>();

        @Override
        public void arrived(Wire client) {
            throw new AssertionError("nobody connects");
        }

        @Override
        public void deferred(Fault why) {
            times.add(System.nanoTime());
            reasons.add(why.text());
            if (times.size() == 2) {
                twice.complete(true);
            }
        }
    }

    @Test
    void aFailureThatLastsIsToldOnceASecond() throws Exception {
        Ear ear = new Ear();
        Transport.Listener listener = wires.ask(() -> {
            // Nobody listens on this one, so that accept(2) fails whenever it is called.
            int number = LinuxCalls.socket(wires.transport().memory().state, SocketNumbers.AF_INET);
            return wires.transport().listen(new OpenSocket.Descriptor(number), TcpSettings.defaults(), ear);
        });
        assertTrue(ear.twice.get(WireLoop.PATIENCE, TimeUnit.SECONDS));
        wires.ask(() -> {
            listener.close();
            return listener;
        });
        assertEquals(List.of("Invalid argument", "Invalid argument"), ear.reasons);
        long between = ear.times.get(1) - ear.times.getFirst();
        assertTrue(between >= TimeUnit.MILLISECONDS.toNanos(990), between + " ns");
    }

    @Test
    void whatIsLostIsNoReasonToWait() {
        // ENOBUFS, ENOMEM, EBADF, EINVAL, ENOTSOCK, EMFILE, ENFILE
        for (int lasting : new int[]{-105, -12, -9, -22, -88, -24, -23}) {
            assertEquals(AcceptFailure.LASTING, AcceptFailure.of(lasting));
        }
        // ECONNABORTED, EPERM, EINTR, ENETDOWN, EPROTO
        for (int lost : new int[]{-103, -1, -4, -100, -71}) {
            assertEquals(AcceptFailure.LOST, AcceptFailure.of(lost));
        }
        assertEquals(AcceptFailure.NOBODY, AcceptFailure.of(LinuxCalls.EAGAIN));
    }
}
