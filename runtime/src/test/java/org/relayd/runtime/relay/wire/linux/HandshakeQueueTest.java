package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandshakeQueueTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Queue<Runnable> next = new ArrayDeque<>();
    private final HandshakeQueue queue = new HandshakeQueue(tasks::add, next::add);
    /** Who took a dear step, in the turn that is under way. */
    private List<Integer> steps = new ArrayList<>();

    /** One handshake has something to do. */
    private void comes(int who) {
        if (queue.admit(() -> step(who))) {
            step(who);
        }
    }

    private void step(int who) {
        steps.add(who);
        queue.taken();
    }

    /** The loop runs its tasks; returns who took steps since the turn before. */
    private List<Integer> turn() {
        tasks.addAll(next);
        next.clear();
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        List<Integer> taken = steps;
        steps = new ArrayList<>();
        return taken;
    }

    @Test
    void manyGoOneAfterTheOtherAFewInEachTurn() {
        IntStream.range(0, 7).forEach(this::comes);
        assertEquals(List.of(0, 1), turn());
        assertEquals(List.of(2, 3), turn());
        // Those who come later wait behind those who came before.
        comes(7);
        assertEquals(List.of(4, 5), turn());
        assertEquals(List.of(6, 7), turn());
        assertEquals(List.of(), turn());
        assertTrue(next.isEmpty());
    }

    @Test
    void fewDoNotWait() {
        for (int turns = 0; turns < 5; turns++) {
            IntStream.range(0, HandshakeQueue.STEPS).forEach(this::comes);
            assertEquals(HandshakeQueue.STEPS, steps.size());
            turn();
            assertTrue(next.isEmpty());
        }
    }

    @Test
    void cheapStepsAreNotCounted() {
        IntStream.range(0, 100).forEach(_ -> assertTrue(queue.admit(() -> {})));
        assertTrue(tasks.isEmpty());
    }

    @Test
    void whoHasGoneMeanwhileHoldsNobodyUp() {
        comes(0);
        comes(1);
        IntStream.range(0, 50).forEach(_ -> assertFalse(queue.admit(() -> {})));
        comes(2);
        assertEquals(List.of(0, 1), turn());
        assertEquals(List.of(2), turn());
    }

    @Test
    void everybodysTurnComesHoweverManyKeepComing() {
        IntStream.range(0, 10).forEach(this::comes);
        List<Integer> order = new ArrayList<>(turn());
        for (int more = 10; more < 30; more++) {
            comes(more);
            List<Integer> taken = turn();
            assertTrue(taken.size() <= HandshakeQueue.STEPS);
            order.addAll(taken);
        }
        assertEquals(IntStream.range(0, 30).boxed().toList(), order);
    }
}
