package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.wire.Wire;

/** The kernel gives the lowest free number to the next descriptor: events of the old one must not reach the new one. */
class ReusedDescriptorTest {
    private final WireLoop wires = new WireLoop();

    @AfterEach
    void stop() {
        wires.close();
    }

    @Test
    void anEventOfAClosedWireIsNotOneOfTheNextConnection() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
            // In this order the second event's descriptor is the lowest free number once both are closed.
            Wire second = wires.connect(server, TcpSettings.defaults());
            Socket endOfSecond = Peers.accept(server);
            Wire first = wires.connect(server, TcpSettings.defaults());
            Socket endOfFirst = Peers.accept(server);
            CompletableFuture<Wire> third = new CompletableFuture<>();
            first.listener(new SilentListener() {
                @Override
                public void ended() {
                    // What a session does whose client leaves, while another client and the target's reset wait.
                    second.close();
                    first.close();
                    wires.begin(address, TcpSettings.defaults(), third);
                }
            });
            second.listener(SilentListener.INSTANCE);
            wires.loop().submit(() -> List.of(first, second).forEach(wire -> wire.read(true))).sync();

            CountDownLatch bothWait = new CountDownLatch(1);
            CompletableFuture<Void> held = new CompletableFuture<>();
            wires.loop().execute(() -> {
                held.complete(null);
                await(bothWait);
            });
            held.get(WireLoop.PATIENCE, TimeUnit.SECONDS);
            endOfFirst.close();
            endOfSecond.setSoLinger(true, 0);
            endOfSecond.close();
            bothWait.countDown();

            Wire connected = third.get(WireLoop.PATIENCE, TimeUnit.SECONDS);
            try (Socket endOfThird = Peers.accept(server)) {
                assertEquals(endOfThird.getPort(), connected.localAddress().getPort());
            }
            wires.loop().submit(connected::close).sync();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(WireLoop.PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
