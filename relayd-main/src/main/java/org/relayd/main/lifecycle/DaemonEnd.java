package org.relayd.main.lifecycle;

import java.time.Duration;
import java.util.Optional;

/**
 * The end of a daemon, which somebody asks for. Who asks first lets what is under way go on for some time; who asks
 * again does not want to wait for that. Any thread.
 */
public final class DaemonEnd {
    private static final long NANOS_OF_MILLI = 1_000_000;

    private final Duration limit;
    /** When nothing is waited for any more, in nanoseconds of {@link System#nanoTime}. */
    private Optional<Long> latest = Optional.empty();

    /**
     * Nobody has asked yet.
     *
     * @param limit
     *            longest time that what is under way may take
     */
    public DaemonEnd(Duration limit) {
        this.limit = limit;
    }

    /** Asks for the end: at once if somebody has asked before. */
    public synchronized void ask() {
        ask(latest.isPresent() ? Duration.ZERO : limit);
    }

    /** Asks for the end after some time, or sooner if that was asked for before. */
    public synchronized void ask(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        latest = Optional.of(latest.filter(before -> before - end < 0).orElse(end));
        notifyAll();
    }

    /** Waits until somebody asks. */
    public synchronized void await() {
        while (latest.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException notAnEnd) {
                // Only who asks ends the daemon.
            }
        }
    }

    /** Returns how long what is under way may still take; once somebody has asked. */
    public synchronized Duration left() {
        return Duration.ofNanos(Math.max(0, latest.orElseThrow() - System.nanoTime()));
    }

    /**
     * Waits for some time, or until somebody asks for an earlier end.
     *
     * @return whether there is time left
     */
    public synchronized boolean waits(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        long pause = pause(until);
        while (pause > 0) {
            try {
                wait(Math.ceilDiv(pause, NANOS_OF_MILLI));
            } catch (InterruptedException notAnEnd) {
                // Only who asks ends the daemon.
            }
            pause = pause(until);
        }
        return !left().isZero();
    }

    private long pause(long until) {
        return Math.min(until - System.nanoTime(), left().toNanos());
    }
}
