package org.relayd.runtime;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
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
    private final boolean isNative;

    private EngineThread(IoHandlerFactory handlers, boolean isNative) {
        this.group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("engine"), handlers);
        this.isNative = isNative;
    }

    /** Starts the thread, on epoll where the platform has it. */
    public static EngineThread start() {
        boolean epoll = Epoll.isAvailable();
        return new EngineThread(epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory(), epoll);
    }

    /** Returns the event loop that runs on the thread. */
    public EventLoop loop() {
        return group.next();
    }

    /** Returns whether the loop takes Netty's native channels; else it takes those of the JDK. */
    public boolean isNative() {
        return isNative;
    }

    /** Ends the thread; closes the channels that are left on it. */
    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
