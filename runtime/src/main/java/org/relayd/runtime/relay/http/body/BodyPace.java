package org.relayd.runtime.relay.http.body;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast the body of a request has to come: a client that feeds it drop by drop, never silent for the
 * session timeout, would hold a session and a connection to the target as long as it likes. Looked at when
 * octets come, so that a client that has to wait for a slow target is not blamed: what it could send meanwhile
 * comes at once. Not thread safe.
 */
public final class BodyPace {
    /** Seconds in which a body may come as slowly as it likes. */
    static final long GRACE = 60;
    /** Octets a second, on average, that it has to bring then. */
    static final long RATE = 64;

    private final LongSupplier clock;
    private long begun;
    private long octets;

    /**
     * Makes the pace of one session.
     *
     * @param clock
     *            nanoseconds, as {@link System#nanoTime}
     */
    public BodyPace(LongSupplier clock) {
        this.clock = clock;
    }

    /** A body begins. */
    public void begin() {
        begun = clock.getAsLong();
        octets = 0;
    }

    /** Octets of the body have come; true if all of them together came too slowly. */
    public boolean isTooSlow(long count) {
        octets += count;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.getAsLong() - begun);
        return seconds - GRACE > octets / RATE;
    }
}
