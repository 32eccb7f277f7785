package org.relayd.runtime.relay.wire;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * The moment from which a listener accepts: when its clients can be served, so that whoever has waited while no daemon
 * ran is not turned away by one that has not checked any host yet; or after a second, whatever is known by then.
 */
public final class Beginning {
    /** Milliseconds between two looks. */
    private static final long TURN = 10;
    private static final int MOST_TURNS = 100;

    private Beginning() {}

    /** Has a listener begin when it is time. On the loop, where it begins too. */
    public static void await(EventLoop loop, Transport.Arrivals arrivals, Runnable begin) {
        await(loop, arrivals, begin, MOST_TURNS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // where the loop ends the listener has ended
    private static void await(EventLoop loop, Transport.Arrivals arrivals, Runnable begin, int turns) {
        if (turns == 0 || arrivals.areReady()) {
            begin.run();
        } else {
            loop.schedule(() -> await(loop, arrivals, begin, turns - 1), TURN, TimeUnit.MILLISECONDS);
        }
    }
}
