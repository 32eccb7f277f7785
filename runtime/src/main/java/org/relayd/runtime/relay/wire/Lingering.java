package org.relayd.runtime.relay.wire;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The wait of a wire whose session is over for its other end, which may still send and has not read all: closed at
 * once, bytes that nobody reads would make a reset of the close, and the last answer would be lost in it (RFC 9112
 * 9.6). It goes on while bytes move, but not for ever.
 */
public final class Lingering implements Runnable {
    /** Milliseconds in which something has to move. */
    private static final long QUIET = 1000;
    /** Times that the wait goes on at most. */
    private static final int MOST = 30;

    private final Wire wire;
    private final EventExecutor loop;
    private boolean moved;
    private int turns;

    private Lingering(Wire wire, EventExecutor loop) {
        this.wire = wire;
        this.loop = loop;
    }

    /** Begins; at the end the wire is closed. */
    public static Lingering begin(Wire wire, EventExecutor loop) {
        Lingering wait = new Lingering(wire, loop);
        wait.schedule();
        return wait;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing twice does no harm
    private void schedule() {
        loop.schedule(this, QUIET, TimeUnit.MILLISECONDS);
    }

    /** Bytes have come or gone. */
    public void moved() {
        moved = true;
    }

    @Override
    public void run() {
        if (++turns < MOST && (moved || wire.isCongested())) {
            moved = false;
            schedule();
        } else {
            wire.close();
        }
    }
}
