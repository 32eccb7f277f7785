package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.wire.KeptLimit;

class DrainingTest {
    private static final int CLIENTS = 5;

    /** The loop is busy when they come, so that only the kernel has answered them. */
    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void whoWaitsToBeAcceptedIsServed(SocketKind kind) throws Exception {
        EngineLoops loops = EngineLoops.start(kind, 1, KeptLimit.none());
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine engine = RunningEngine.on(loops, new LocalSockets(kind, NatLookup.none()), path)) {
                CountDownLatch busy = new CountDownLatch(1);
                loops.loops().getFirst().executor().execute(() -> await(busy));
                List<Socket> clients = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(Peers.connect(path.port()));
                }
                CompletableFuture<Integer> drain = CompletableFuture.supplyAsync(engine.engine()::drain);
                busy.countDown();
                drain.get(10, TimeUnit.SECONDS);
                for (Socket client : clients) {
                    Peers.send(client, "x");
                    try (Socket target = Peers.accept(server)) {
                        assertEquals("x", Peers.read(target, 1));
                    }
                    client.close();
                }
                assertThrows(ConnectException.class, () -> Peers.connect(path.port()));
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                while (engine.engine().drain() > 0 && System.nanoTime() < deadline) {
                    LockSupport.parkNanos(1_000_000);
                }
                assertEquals(0, engine.engine().drain());
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
