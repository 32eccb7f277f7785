package org.relayd.runtime.relay.session;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Bounds the lines of a relay about clients that did not shake hands: a flood of those is not to be one of lines. */
final class FailedHandshakes {
    /** Lines in a second. */
    private static final int MOST = 10;

    private final LongConsumer others;
    private int written;
    private long withheld;
    private boolean counting;

    /**
     * None has failed yet.
     *
     * @param others
     *            told after a second how many had no line of their own in it, if some had not
     */
    FailedHandshakes(LongConsumer others) {
        this.others = others;
    }

    /** Returns whether one that has failed now gets a line. Any thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // when the loop ends nobody waits for the number
    synchronized boolean mayWrite(EventLoop loop) {
        if (!counting) {
            counting = true;
            loop.schedule(this::next, 1, TimeUnit.SECONDS);
        }
        boolean may = written < MOST;
        if (may) {
            written++;
        } else {
            withheld++;
        }
        return may;
    }

    private void next() {
        long count = restart();
        if (count > 0) {
            others.accept(count);
        }
    }

    private synchronized long restart() {
        long count = withheld;
        written = 0;
        withheld = 0;
        counting = false;
        return count;
    }
}
