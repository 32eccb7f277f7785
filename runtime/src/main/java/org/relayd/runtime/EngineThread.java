package org.relayd.runtime;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The thread that keeps the state of the daemon: health checks, the control socket, what relayctl(8) switched. It only
 * waits for events; whatever blocks is done elsewhere. Relays have loops of their own.
 */
public final class EngineThread implements AutoCloseable {
    private static final long CLOSE_SECONDS = 2;

    private final MultiThreadIoEventLoopGroup group;
    private final SocketKind sockets;

    private EngineThread(IoHandlerFactory handlers, SocketKind sockets) {
        this.group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("engine"), handlers);
        this.sockets = sockets;
    }

    /** Starts the thread, for sockets of one kind. */
    public static EngineThread start(SocketKind sockets) {
        return new EngineThread(switch (sockets) {
            case NATIVE -> EpollIoHandler.newFactory();
            case PORTABLE -> NioIoHandler.newFactory();
        }, sockets);
    }

    /** Returns the event loop that runs on the thread. */
    public EventLoop loop() {
        return group.next();
    }

    /** Returns the only kind of sockets that the loop takes. */
    public SocketKind sockets() {
        return sockets;
    }

    /** Ends the thread; closes the channels that are left on it. */
    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
