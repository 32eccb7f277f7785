package org.relayd.runtime.hce;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that stands still until a test moves it; tasks run in the order of their times, on the test's thread. */
final class ManualTime implements EngineTime {
    private record Task(long at, long order, Runnable action) {}

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long now = 1_000_000_000L;
    private long order;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Pending after(Duration delay, Runnable task) {
        Task pending = new Task(now + delay.toNanos(), order++, task);
        tasks.add(pending);
        return () -> tasks.remove(pending);
    }

    void advance(Duration by) {
        long until = now + by.toNanos();
        while (!tasks.isEmpty() && tasks.peek().at() <= until) {
            Task next = tasks.remove();
            now = Math.max(now, next.at());
            next.action().run();
        }
        now = until;
    }
}
