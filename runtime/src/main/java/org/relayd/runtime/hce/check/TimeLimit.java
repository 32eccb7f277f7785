package org.relayd.runtime.hce.check;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The end of a host's time. Before the host is given up the loop looks once more at what has arrived: it may have been
 * too busy to see it. Engine thread only.
 */
final class TimeLimit {
    /** Long enough for the loop to read its sockets once. */
    private static final int LOOK_MILLIS = 1;

    private final EventLoop loop;
    private final Runnable over;
    private Optional<Future<?>> timer = Optional.empty();

    /**
     * Makes a limit that has not begun.
     *
     * @param over
     *            run when the time is up, unless it is cancelled before
     */
    TimeLimit(EventLoop loop, Runnable over) {
        this.loop = loop;
        this.over = over;
    }

    /**
     * Begins; the host has just been asked.
     *
     * @param nanos
     *            its time; none if that is not above 0
     */
    void begin(long nanos) {
        timer = Optional.of(loop.schedule(this::look, Math.max(0, nanos), TimeUnit.NANOSECONDS));
    }

    private void look() {
        timer = Optional.of(loop.schedule(over, LOOK_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** Makes sure that the time never is up. */
    void cancel() {
        timer.ifPresent(waiting -> waiting.cancel(false));
    }
}
