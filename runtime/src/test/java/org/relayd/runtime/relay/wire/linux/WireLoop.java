package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.wire.HeapLimit;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.KeptLimit;

/** One epoll loop with the transport of its wires; without epoll the test is not run. */
final class WireLoop implements AutoCloseable {
    /** Seconds that anything may take. */
    static final long PATIENCE = 10;

    private final MultiThreadIoEventLoopGroup group;
    private final IoEventLoop loop;
    private final LinuxTransport transport;

    WireLoop() {
        assumeTrue(SocketKind.ofThisMachine() == SocketKind.NATIVE, "needs epoll");
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        loop = group.next();
        transport = new LinuxTransport(loop, DescriptorLimit.none(), HeapLimit.ofProcess(), KeptLimit.none());
    }

    IoEventLoop loop() {
        return loop;
    }

    LinuxTransport transport() {
        return transport;
    }

    /** What a call on the loop answers. */
    <T> T ask(Callable<T> call) throws Exception {
        return loop.submit(call).get(PATIENCE, TimeUnit.SECONDS);
    }

    /** A wire to a server. */
    Wire connect(ServerSocket server, TcpSettings tcp) throws Exception {
        CompletableFuture<Wire> wire = new CompletableFuture<>();
        loop.execute(() -> begin((InetSocketAddress) server.getLocalSocketAddress(), tcp, wire));
        return wire.get(PATIENCE, TimeUnit.SECONDS);
    }

    /** Begins to connect; on the loop. */
    void begin(InetSocketAddress address, TcpSettings tcp, CompletableFuture<Wire> wire) {
        transport.connect(address, tcp, new Transport.ConnectOutcome() {
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

    @Override
    public void close() {
        loop.submit(transport::close).awaitUninterruptibly();
        group.shutdownGracefully(0, PATIENCE, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
