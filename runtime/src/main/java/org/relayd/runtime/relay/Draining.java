package org.relayd.runtime.relay;

import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.relay.session.RelayLoop;
import org.relayd.runtime.relay.session.Session;

/** Ends what rests on loops that get no more clients. */
final class Draining {
    /**
     * Nanoseconds of silence after which a kept connection is ended: the next request of a client that asks again and
     * again is nearly there, and gets an answer that says that it is the last one.
     */
    private static final long LULL = TimeUnit.MILLISECONDS.toNanos(500);

    /** Milliseconds before each turn, in which listeners that are about to close accept who waits. */
    private static final long PAUSE = 10;

    private Draining() {}

    /**
     * Ends the sessions that rest, and the connections to targets that no session has. Blocks for a turn of each loop.
     *
     * @return sessions that are left
     */
    static int turn(List<RelayLoop> loops) {
        List<Future<Integer>> turns = loops.stream().map(loop -> (Future<Integer>) loop.executor().schedule(() -> {
            loop.wheel().all(session -> session.rests(LULL)).forEach(Session::retire);
            loop.parking().close();
            return loop.wheel().size();
        }, PAUSE, TimeUnit.MILLISECONDS)).toList();
        return turns.stream().mapToInt(turn -> turn.awaitUninterruptibly().isSuccess() ? turn.getNow() : 0).sum();
    }
}
