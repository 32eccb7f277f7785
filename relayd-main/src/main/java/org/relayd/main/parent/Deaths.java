package org.relayd.main.parent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** How often workers have died lately. */
final class Deaths {
    /** So many deaths within {@link #WITHIN} are too many. */
    static final int MOST = 3;
    static final Duration WITHIN = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private final Deque<Long> times = new ArrayDeque<>();
    private int inVain;

    /** Takes the time from a clock that only runs forward. */
    Deaths(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A worker has died. */
    void add() {
        inVain++;
        times.addLast(nanos.getAsLong());
        if (times.size() > MOST) {
            times.removeFirst();
        }
    }

    /** A worker has come to serve. */
    void serving() {
        inVain = 0;
    }

    /** Returns whether there is no use in starting another: too many deaths lately, or in a row before they served. */
    boolean areTooMany() {
        return inVain >= MOST
                || (times.size() == MOST && times.getLast() - times.getFirst() <= WITHIN.toNanos());
    }
}
