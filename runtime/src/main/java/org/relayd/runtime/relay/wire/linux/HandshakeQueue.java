package org.relayd.runtime.relay.wire.linux;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Whose handshake of one event loop goes on. A step that agrees on keys or signs takes as long as a hundred requests,
 * and clients that come all at once would make those wait who are served already. So a turn of the loop has a few such
 * steps; who comes after them waits for the next turns, first come, first served, and what the kernel tells meanwhile
 * comes before. Nobody waits while nobody else does.
 */
final class HandshakeQueue {
    /** Dear steps of one turn. */
    static final int STEPS = 2;

    private final Executor thisTurn;
    private final Executor nextTurn;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int left = STEPS;
    private boolean draining;

    /**
     * Has nobody waiting.
     *
     * @param thisTurn
     *            runs tasks of the loop before it asks the kernel again
     * @param nextTurn
     *            asked by a task, runs another one after the loop has asked the kernel and told what it said
     */
    HandshakeQueue(Executor thisTurn, Executor nextTurn) {
        this.thisTurn = thisTurn;
        this.nextTurn = nextTurn;
    }

    /** Returns whether a handshake may go on now; if not, its turn will come. */
    boolean admit(Runnable turn) {
        if (draining || (left > 0 && waiting.isEmpty())) {
            return true;
        }
        if (waiting.isEmpty()) {
            thisTurn.execute(() -> nextTurn.execute(this::drain));
        }
        waiting.add(turn);
        return false;
    }

    /** A dear step was taken. */
    void taken() {
        if (left == STEPS && !draining) {
            thisTurn.execute(this::renew);
        }
        left--;
    }

    private void renew() {
        left = STEPS;
    }

    /** The turns of those who wait; they do not throw. */
    private void drain() {
        renew();
        draining = true;
        while (left > 0 && !waiting.isEmpty()) {
            waiting.remove().run();
        }
        draining = false;
        renew();
        if (!waiting.isEmpty()) {
            nextTurn.execute(this::drain);
        }
    }
}
