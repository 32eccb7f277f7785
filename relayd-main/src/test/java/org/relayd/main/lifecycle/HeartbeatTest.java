package org.relayd.main.lifecycle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeartbeatTest {
    private static final Duration OFTEN = Duration.ofMillis(1);

    private final Semaphore alive = new Semaphore(0);

    @Test
    void nothingIsSaidWhileALoopStandsStill() throws Exception {
        BlockingQueue<Runnable> still = new LinkedBlockingQueue<>();
        CountDownLatch asked = new CountDownLatch(20);
        Executor counting = task -> {
            asked.countDown();
            task.run();
        };
        try (Heartbeat _ = Heartbeat.begin(OFTEN, List.of(Runnable::run, still::add), alive::release);
                Heartbeat _ = Heartbeat.begin(OFTEN, List.of(counting), () -> {})) {
            assertTrue(asked.await(30, TimeUnit.SECONDS));
            Runnable question = still.poll(30, TimeUnit.SECONDS);
            assertTrue(still.isEmpty(), "it is asked once");
            assertFalse(alive.tryAcquire());
            question.run();
            assertTrue(alive.tryAcquire(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void aLoopThatHasEndedIsNotAlive() throws Exception {
        Executor ended = _ -> {
            throw new RejectedExecutionException();
        };
        ExecutorService running = Executors.newSingleThreadExecutor();
        try (Heartbeat _ = Heartbeat.begin(OFTEN, List.of(running, ended), alive::release);
                Heartbeat _ = Heartbeat.begin(OFTEN, List.of(running), alive::release)) {
            alive.acquire(20);
        } finally {
            running.shutdownNow();
        }
    }
}
