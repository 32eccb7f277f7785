package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;

/** The kernel gives the lowest free number to the next descriptor: events of the old one must not reach the new one. */
class ReusedDescriptorTest {
    private static final long PATIENCE = 10;

    private MultiThreadIoEventLoopGroup group;
    private IoEventLoop loop;
    private LinuxTransport transport;

    @BeforeEach
    void start() {
        assumeTrue(Epoll.isAvailable(), "needs epoll");
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        loop = group.next();
        transport = new LinuxTransport(loop, DescriptorLimit.none());
    }

    @AfterEach
    void stop() {
        loop.submit(transport::close).awaitUninterruptibly();
        group.shutdownGracefully(0, PATIENCE, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void anEventOfAClosedWireIsNotOneOfTheNextConnection() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
            // In this order the second event's descriptor is the lowest free number once both are closed.
            Wire second = connect(address).get(PATIENCE, TimeUnit.SECONDS);
            Socket endOfSecond = Peers.accept(server);
            Wire first = connect(address).get(PATIENCE, TimeUnit.SECONDS);
            Socket endOfFirst = Peers.accept(server);
            CompletableFuture<Wire> third = new CompletableFuture<>();
            first.listener(new SilentListener() {
                @Override
                public void ended() {
                    // What a session does whose client leaves, while another client and the target's reset wait.
                    second.close();
                    first.close();
                    begin(address, third);
                }
            });
            second.listener(SilentListener.INSTANCE);
            loop.submit(() -> List.of(first, second).forEach(wire -> wire.read(true))).sync();

            CountDownLatch bothWait = new CountDownLatch(1);
            CompletableFuture<Void> held = new CompletableFuture<>();
            loop.execute(() -> {
                held.complete(null);
                await(bothWait);
            });
            held.get(PATIENCE, TimeUnit.SECONDS);
            endOfFirst.close();
            endOfSecond.setSoLinger(true, 0);
            endOfSecond.close();
            bothWait.countDown();

            Wire connected = third.get(PATIENCE, TimeUnit.SECONDS);
            try (Socket endOfThird = Peers.accept(server)) {
                assertEquals(endOfThird.getPort(), connected.localAddress().getPort());
            }
            loop.submit(connected::close).sync();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Wire> connect(InetSocketAddress address) {
        CompletableFuture<Wire> wire = new CompletableFuture<>();
        loop.execute(() -> begin(address, wire));
        return wire;
    }

    private void begin(InetSocketAddress address, CompletableFuture<Wire> wire) {
        transport.connect(address, TcpSettings.defaults(), new Transport.Outcome() {
            @Override
            public void connected(Wire made) {
                wire.complete(made);
            }

            @Override
            public void failed(Transport.Failure failure) {
                wire.completeExceptionally(new AssertionError(failure.text()));
            }
        });
    }
}
