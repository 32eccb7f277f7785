package org.relayd.main.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final AtomicInteger beats = new AtomicInteger();

    /** One whose own thread has beaten for the first time and is ended, so that the test beats. */
    private Heartbeat begun() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        Heartbeat heartbeat = new Heartbeat(() -> {
            beats.incrementAndGet();
            first.countDown();
        });
        assertTrue(first.await(30, TimeUnit.SECONDS), "no beat");
        heartbeat.close();
        beats.set(0);
        return heartbeat;
    }

    @Test
    void loopsThatComeAroundAreSaidToBeAlive() throws Exception {
        Heartbeat heartbeat = begun();
        heartbeat.beat();
        assertEquals(1, beats.get(), "while it starts");
        heartbeat.ask(() -> CompletableFuture.completedFuture(null));
        heartbeat.beat();
        assertEquals(2, beats.get());
    }

    @Test
    void aLoopThatHangsIsAskedOnceAndIsAliveWhenItGoesOn() throws Exception {
        Heartbeat heartbeat = begun();
        Deque<CompletableFuture<Void>> turns = new ArrayDeque<>();
        heartbeat.ask(() -> {
            turns.add(new CompletableFuture<>());
            return turns.getLast();
        });
        heartbeat.beat();
        heartbeat.beat();
        assertEquals(0, beats.get());
        assertEquals(1, turns.size());
        turns.getFirst().complete(null);
        assertEquals(1, beats.get());
        heartbeat.beat();
        assertEquals(2, turns.size());
    }

    @Test
    void loopsThatEndAreNoReasonToDie() throws Exception {
        Heartbeat heartbeat = begun();
        heartbeat.ask(() -> {
            throw new RejectedExecutionException("event executor terminated");
        });
        heartbeat.beat();
        assertEquals(1, beats.get());
    }
}
