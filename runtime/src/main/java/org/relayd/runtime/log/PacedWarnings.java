package org.relayd.runtime.log;

import java.util.function.LongSupplier;
import org.relayd.runtime.Log;

/**
 * Warnings of what somebody else may bring about as often as it likes: one in a second is written, and how many there
 * were besides. Any thread.
 */
public final class PacedWarnings {
    private static final long PAUSE = 1_000_000_000L;

    private final Log log;
    private final LongSupplier nanos;
    private boolean said;
    private long saidAt;
    private long unsaid;

    /**
     * Has written nothing yet.
     *
     * @param nanos
     *            a clock such as {@link System#nanoTime}
     */
    public PacedWarnings(Log log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** Writes a line, unless another was written within a second. */
    public void warn(String line) {
        long besides;
        synchronized (this) {
            long now = nanos.getAsLong();
            if (said && now - saidAt < PAUSE) {
                unsaid++;
                return;
            }
            said = true;
            saidAt = now;
            besides = unsaid;
            unsaid = 0;
        }
        log.warn(besides == 0 ? line : line + " (" + besides + " such lines were left out before)");
    }
}
