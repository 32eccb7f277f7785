package org.relayd.runtime.parent.door;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.relayd.runtime.Log;

/**
 * Tells the log what the worker may not: each kind once in ten seconds, with the number of those that were like it
 * meanwhile. Kinds are few, texts are as many as a hostile worker likes. Any thread.
 */
final class RefusalLog {
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final Log log;
    private final LongSupplier nanos;
    private final Map<Object, Said> said = new HashMap<>();

    /** When a kind was said, and how many were not since. */
    private record Said(long at, long unsaid) {}

    /**
     * Begins.
     *
     * @param nanos
     *            a clock like {@link System#nanoTime}
     */
    RefusalLog(Log log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /**
     * Says a line, or counts it.
     *
     * @param kind
     *            what the line is about; equal for lines that are alike
     */
    synchronized void say(Object kind, String line) {
        long now = nanos.getAsLong();
        Said before = said.getOrDefault(kind, new Said(now - PAUSE, 0));
        if (now - before.at < PAUSE) {
            said.put(kind, new Said(before.at, before.unsaid + 1));
            return;
        }
        said.put(kind, new Said(now, 0));
        log.warn(line + (before.unsaid > 0 ? " (and " + before.unsaid + " like it before)" : ""));
    }

    /** Says how many were not said so far. */
    synchronized void end() {
        long unsaid = said.values().stream().mapToLong(Said::unsaid).sum();
        if (unsaid > 0) {
            log.warn("worker: " + unsaid + " more requests and reports were refused");
        }
        said.clear();
    }
}
