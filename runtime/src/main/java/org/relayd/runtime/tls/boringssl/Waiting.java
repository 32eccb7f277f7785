package org.relayd.runtime.tls.boringssl;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.relayd.runtime.tls.TlsSide.Turn;

/** A handshake that waits for an answer from elsewhere. The answer comes once, on any thread. */
final class Waiting implements Runnable {
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.ASKING);
    private final Turn turn;

    Waiting(Turn turn) {
        this.turn = turn;
    }

    private enum Phase {
        ASKING, WAITING, ANSWERED
    }

    /** The answer is there. */
    @Override
    public void run() {
        if (phase.getAndSet(Phase.ANSWERED) == Phase.WAITING) {
            try {
                turn.loop().execute(turn.resumed());
            } catch (RejectedExecutionException over) {
                // The loop has ended, and its connections with it.
                return;
            }
        }
    }

    /** Whoever asked goes away; true if the answer came while it asked. */
    boolean isAnsweredAtOnce() {
        return !phase.compareAndSet(Phase.ASKING, Phase.WAITING);
    }

    /** Returns whether the answer is there. */
    boolean isAnswered() {
        return phase.get() == Phase.ANSWERED;
    }
}
