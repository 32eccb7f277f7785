package org.relayd.runtime.relay;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.relay.wire.ChannelTransport;
import org.relayd.runtime.relay.wire.linux.LinuxTransport;

/** The event loops of an engine: epoll and plain descriptors on Linux, the JDK's selectors elsewhere. */
final class EngineLoops {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String OPEN_FILES = "Max open files";

    private final MultiThreadIoEventLoopGroup group;
    private final List<RelayLoop> loops = new ArrayList<>();

    private EngineLoops(MultiThreadIoEventLoopGroup group) {
        this.group = group;
    }

    /**
     * Starts loops.
     *
     * @param count
     *            at least one
     */
    static EngineLoops start(int count) {
        return Epoll.isAvailable() ? linux(count) : portable(count);
    }

    private static EngineLoops linux(int count) {
        EngineLoops started = new EngineLoops(new MultiThreadIoEventLoopGroup(count, EpollIoHandler.newFactory()));
        int limit = descriptorLimit();
        for (int i = 0; i < count; i++) {
            IoEventLoop loop = started.group.next();
            started.loops.add(new RelayLoop(loop, new LinuxTransport(loop, limit)));
        }
        return started;
    }

    /** Starts loops of the JDK's selectors. */
    static EngineLoops portable(int count) {
        EngineLoops started = new EngineLoops(new MultiThreadIoEventLoopGroup(count, NioIoHandler.newFactory()));
        for (int i = 0; i < count; i++) {
            IoEventLoop loop = started.group.next();
            started.loops.add(new RelayLoop(loop, new ChannelTransport(loop)));
        }
        return started;
    }

    /** The soft limit of open files; proc(5). */
    private static int descriptorLimit() {
        try {
            for (String line : Files.readAllLines(LIMITS)) {
                if (line.startsWith(OPEN_FILES)) {
                    String soft = line.substring(OPEN_FILES.length()).trim().split(" +", 2)[0];
                    return soft.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(soft);
                }
            }
        } catch (IOException unreadable) {
            return Integer.MAX_VALUE;
        }
        return Integer.MAX_VALUE;
    }

    /** The loops. */
    List<RelayLoop> loops() {
        return loops;
    }

    /** Ends the loops; returns when they have ended. */
    void stop() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
