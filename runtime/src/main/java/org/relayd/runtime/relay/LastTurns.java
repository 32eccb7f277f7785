package org.relayd.runtime.relay;

import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.relay.session.RelayLoop;

/**
 * A few more turns of loops whose sessions are about to be dropped. A session whose ends have closed has its line due,
 * but the loop may not have heard of that yet; and where only the client has closed, the target is told and may answer
 * that by its own close.
 */
final class LastTurns {
    /** Milliseconds before each turn. */
    private static final List<Integer> PAUSES = List.of(0, 0, 1, 4, 15);

    private LastTurns() {}

    /** Gives the loops their turns, as long as there are sessions. Blocks, for the pauses and what happens in them. */
    static void of(List<RelayLoop> loops) {
        boolean busy = true;
        for (int i = 0; busy && i < PAUSES.size(); i++) {
            int pause = PAUSES.get(i);
            // A task runs after what the kernel has had to tell in that turn.
            List<Future<Boolean>> turns = loops.stream().map(loop -> (Future<Boolean>) loop.executor()
                    .schedule(() -> loop.wheel().size() > 0, pause, TimeUnit.MILLISECONDS)).toList();
            busy = turns.stream().map(Future::awaitUninterruptibly).toList().stream().anyMatch(Future::getNow);
        }
    }
}
