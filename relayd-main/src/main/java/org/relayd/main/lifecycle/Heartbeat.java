package org.relayd.main.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says every two seconds that a process is alive, if all its event loops have come around since it said so. While it
 * starts and while it ends there are none, and it is alive.
 */
public final class Heartbeat implements AutoCloseable {
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heartbeat").factory());
    private final Runnable alive;
    private volatile Supplier<CompletableFuture<Void>> loops = () -> CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> turn = CompletableFuture.completedFuture(null);

    /** Begins to beat; {@code alive} says so. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
    public Heartbeat(Runnable alive) {
        this.alive = alive;
        thread.scheduleWithFixedDelay(this::beat, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on there are loops, which come around when what is given is done. */
    public void ask(Supplier<CompletableFuture<Void>> comeAround) {
        loops = comeAround;
    }

    /** Of loops that have not come around nobody asks again, so that nothing piles up there. */
    @SuppressWarnings("FutureReturnValueIgnored") // a loop that hangs says nothing, which is what is meant
    void beat() {
        if (!turn.isDone()) {
            return;
        }
        try {
            turn = loops.get();
            turn.thenRun(alive);
        } catch (RejectedExecutionException ending) {
            alive.run();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
