package org.relayd.runtime.relay.wire;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The last of a wire whose session is over: what was sent goes on as long as the other end takes some of it now and
 * then. Then the wire waits while that end still sends: closed at once, bytes that nobody reads would make a reset of
 * the close, and the last answer would be lost in it (RFC 9112 9.6). Neither goes on for ever.
 */
public final class Lingering implements Runnable {
    /** Milliseconds between two looks, and in which an end that has all must have sent something. */
    private static final long TURN = 1000;
    /** Turns that such an end gets at most. */
    private static final int MOST = 30;
    /** Nanoseconds in which an end that has not all must have taken something. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Wire wire;
    private final EventExecutor loop;
    private boolean received;
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
        loop.schedule(this, TURN, TimeUnit.MILLISECONDS);
    }

    /** Bytes have come. */
    public void received() {
        received = true;
    }

    @Override
    public void run() {
        Delivery delivery = wire.delivery();
        if (delivery.complete() ? isSending() : delivery.quiet() < PATIENCE) {
            schedule();
        } else {
            wire.close();
        }
    }

    private boolean isSending() {
        boolean sending = received && ++turns < MOST;
        received = false;
        return sending;
    }
}
