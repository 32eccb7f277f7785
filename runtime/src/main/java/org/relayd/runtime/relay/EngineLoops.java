package org.relayd.runtime.relay;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.session.RelayLoop;
import org.relayd.runtime.relay.wire.ChannelTransport;
import org.relayd.runtime.relay.wire.HeapLimit;
import org.relayd.runtime.relay.wire.KeptLimit;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.linux.DescriptorLimit;
import org.relayd.runtime.relay.wire.linux.LinuxTransport;

/** The event loops of an engine: epoll and plain descriptors on Linux, the JDK's selectors elsewhere. */
final class EngineLoops {
    private final MultiThreadIoEventLoopGroup group;
    private final List<RelayLoop> loops = new ArrayList<>();

    private final DescriptorLimit limit;

    private EngineLoops(MultiThreadIoEventLoopGroup group, DescriptorLimit limit) {
        this.group = group;
        this.limit = limit;
    }

    /**
     * Starts loops for sockets of one kind.
     *
     * @param count
     *            at least one
     * @param kept
     *            counts what they keep
     */
    static EngineLoops start(SocketKind sockets, int count, KeptLimit kept) {
        return switch (sockets) {
            case NATIVE -> linux(count, kept);
            case PORTABLE -> with(count, NioIoHandler.newFactory(), ChannelTransport::new, kept);
        };
    }

    private static EngineLoops linux(int count, KeptLimit kept) {
        DescriptorLimit limit = DescriptorLimit.ofProcess();
        HeapLimit heap = HeapLimit.ofProcess();
        EngineLoops started = new EngineLoops(new MultiThreadIoEventLoopGroup(count, EpollIoHandler.newFactory()),
                limit);
        for (int i = 0; i < count; i++) {
            IoEventLoop loop = started.group.next();
            started.loops.add(new RelayLoop(loop, new LinuxTransport(loop, limit, heap, kept), kept, System::nanoTime));
        }
        return started;
    }

    /**
     * Starts loops of any kind with transports of any kind.
     *
     * @param count
     *            at least one
     * @param transport
     *            makes the transport of a loop
     * @param kept
     *            counts what they keep
     */
    static EngineLoops with(int count, IoHandlerFactory handlers, Function<IoEventLoop, Transport> transport,
            KeptLimit kept) {
        EngineLoops started = new EngineLoops(new MultiThreadIoEventLoopGroup(count, handlers),
                DescriptorLimit.none());
        for (int i = 0; i < count; i++) {
            IoEventLoop loop = started.group.next();
            started.loops.add(new RelayLoop(loop, transport.apply(loop), kept, System::nanoTime));
        }
        return started;
    }

    /** Descriptors that the loops may use. */
    DescriptorLimit limit() {
        return limit;
    }

    /** Returns the loops. */
    List<RelayLoop> loops() {
        return loops;
    }

    /** Ends the loops; returns when they have ended. */
    void stop() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
