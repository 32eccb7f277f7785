package org.relayd.runtime.relay.wire;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.relayd.runtime.Log;
import org.relayd.runtime.log.PacedWarnings;

/**
 * How much the process keeps of what one end of a session has sent and the other one cannot take yet: requests that
 * were sent ahead, heads that are not whole, bytes for slow readers. It has two steps. While memory is <b>short</b>
 * each receive is small, so that much stays in the kernel and senders have to wait. While it is <b>full</b> nobody is
 * let in, and heads that will not fit are refused. So whoever sends ahead cannot end the process, and with it the
 * sessions of all others. Any thread.
 */
public final class KeptLimit {
    /** Octets of one receive while memory is short: most heads are not longer, and a session itself takes as much. */
    public static final int LITTLE = 2048;
    /** Memory is short from this part of the heap on: what is kept outside of it has a limit of that size, too. */
    private static final int SHORT_PART = 8;
    /** Memory is full at so many times the size from which on it is short. */
    private static final int FULL = 2;

    private final long ample;
    private final Consumer<String> trouble;
    private final AtomicLong kept = new AtomicLong();

    /**
     * Keeps nothing yet.
     *
     * @param ample
     *            octets from which on memory is short
     * @param trouble
     *            is told each time that it becomes short
     */
    public KeptLimit(long ample, Consumer<String> trouble) {
        this.ample = ample;
        this.trouble = trouble;
    }

    /** No limit: the process has as much memory as it needs. */
    public static KeptLimit none() {
        return new KeptLimit(Long.MAX_VALUE / FULL, _ -> {});
    }

    /** Returns the limit of this process. */
    public static KeptLimit ofProcess(Log log) {
        return new KeptLimit(Runtime.getRuntime().maxMemory() / SHORT_PART,
                new PacedWarnings(log, System::nanoTime)::warn);
    }

    /**
     * Counts what is kept from now on.
     *
     * @param change
     *            octets more; negative if less
     */
    public void add(int change) {
        if (change == 0) {
            return;
        }
        long now = kept.addAndGet(change);
        if (now >= ample && now - change < ample) {
            trouble.accept("relays keep " + mebibytes(ample)
                    + " of what was sent faster than it was taken: they receive little at a time");
        }
    }

    /** Returns how many octets are kept. */
    public long kept() {
        return kept.get();
    }

    /** Returns whether little should be received at a time, and nothing that can wait. */
    public boolean isShort() {
        return kept.get() >= ample;
    }

    /** Returns whether nobody should be let in now. */
    public boolean isFull() {
        return kept.get() >= FULL * ample;
    }

    /** Returns what the user reads when it is full. */
    public String text() {
        return "relays keep " + mebibytes(FULL * ample) + " of what was sent faster than it was taken";
    }

    private static String mebibytes(long octets) {
        return (octets >> 20) + " MiB";
    }
}
