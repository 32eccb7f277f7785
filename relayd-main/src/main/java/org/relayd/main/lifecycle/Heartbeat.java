package org.relayd.main.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks event loops again and again whether they still take turns, and says so when all of them do. While one does not,
 * nothing is said.
 */
public final class Heartbeat implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("heartbeat").daemon().factory());
    private final List<? extends Executor> loops;
    private final Runnable alive;
    private CompletableFuture<Void> asked = CompletableFuture.completedFuture(null);

    private Heartbeat(List<? extends Executor> loops, Runnable alive) {
        this.loops = List.copyOf(loops);
        this.alive = alive;
    }

    /**
     * Begins, with the first question at once.
     *
     * @param every
     *            time between two questions
     * @param alive
     *            is told; must not block
     */
    @SuppressWarnings("FutureReturnValueIgnored") // goes on until the end
    public static Heartbeat begin(Duration every, List<? extends Executor> loops, Runnable alive) {
        Heartbeat begun = new Heartbeat(loops, alive);
        begun.clock.scheduleAtFixedRate(begun::ask, 0, every.toNanos(), TimeUnit.NANOSECONDS);
        return begun;
    }

    private void ask() {
        // A loop that stands still is not asked twice: its questions would pile up.
        if (asked.isDone()) {
            asked = CompletableFuture.allOf(loops.stream().map(Heartbeat::turn).toArray(CompletableFuture[]::new))
                    .thenRun(alive);
        }
    }

    private static CompletableFuture<Void> turn(Executor loop) {
        try {
            return CompletableFuture.runAsync(() -> {}, loop);
        } catch (RejectedExecutionException ended) {
            return new CompletableFuture<>();
        }
    }

    /** Asks no more. */
    @Override
    public void close() {
        ExecutorService ended = clock;
        ended.shutdownNow();
    }
}
