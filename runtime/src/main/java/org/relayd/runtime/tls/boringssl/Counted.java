package org.relayd.runtime.tls.boringssl;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something native that several hold: its owner until it closes it, and everybody who works with it. Freed once, by the
 * last who lets go of it. Any thread.
 */
final class Counted {
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable free;

    /** Held by its owner only. */
    Counted(Runnable free) {
        this.free = free;
    }

    /** Takes hold of it; false if it is freed, or about to be. */
    boolean hold() {
        int now = holders.get();
        while (now > 0) {
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
            now = holders.get();
        }
        return false;
    }

    /** Lets go of what {@link #hold} took. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            free.run();
        }
    }

    /** Its owner lets go of it. The second call does nothing. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }
}
