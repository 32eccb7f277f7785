package org.relayd.runtime.parent.remote.keys;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.relayd.runtime.parent.remote.Parent;

/**
 * Finds the stream of the event loop that somebody asks on. Other threads use a loop of their own, which is started for
 * the first of them. Any thread.
 */
final class KeyStreams implements AutoCloseable {
    private final Map<IoEventLoop, LoopStream> streams = new ConcurrentHashMap<>();
    private final Parent parent;
    private final StreamLink.Opener opener;
    private final IoHandlerFactory handlers;
    private final Consumer<String> trouble;
    private Optional<MultiThreadIoEventLoopGroup> others = Optional.empty();

    /**
     * Opens nothing yet.
     *
     * @param handlers
     *            of the loop for other threads; of the kind that links are made for
     * @param trouble
     *            is told what went wrong
     */
    KeyStreams(Parent parent, StreamLink.Opener opener, IoHandlerFactory handlers, Consumer<String> trouble) {
        this.parent = parent;
        this.opener = opener;
        this.handlers = handlers;
        this.trouble = trouble;
    }

    /** Asks for a signature. Never blocks. */
    void sign(int key, int scheme, byte[] content, Consumer<Optional<byte[]>> answer) {
        if (ThreadExecutorMap.currentExecutor() instanceof IoEventLoop loop) {
            stream(loop).sign(key, scheme, content, answer);
            return;
        }
        IoEventLoop loop = ofOthers();
        try {
            loop.execute(() -> stream(loop).sign(key, scheme, content, answer));
        } catch (RejectedExecutionException over) {
            answer.accept(Optional.empty());
        }
    }

    private LoopStream stream(IoEventLoop loop) {
        return streams.computeIfAbsent(loop, own -> new LoopStream(own, parent, opener, trouble));
    }

    private synchronized IoEventLoop ofOthers() {
        if (others.isEmpty()) {
            others = Optional.of(new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("keys", true), handlers));
        }
        return others.get().next();
    }

    /** Closes all streams. The loops close theirs in a turn of their own. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    public synchronized void close() {
        streams.forEach((loop, stream) -> {
            try {
                loop.execute(stream::close);
            } catch (RejectedExecutionException over) {
                // The process is about to end, and its descriptors with it.
            }
        });
        others.ifPresent(group -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS));
    }
}
