package org.relayd.runtime.tls.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VerifierThreadsTest {

    @Test
    void floodIsRefusedAndWhatFitsIsRun() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        int fit = VerifierThreads.THREADS + VerifierThreads.WAITING;
        CountDownLatch ran = new CountDownLatch(fit);
        CountDownLatch begun = new CountDownLatch(VerifierThreads.THREADS);
        AtomicInteger mostAtOnce = new AtomicInteger();
        AtomicInteger atOnce = new AtomicInteger();
        try (VerifierThreads threads = new VerifierThreads()) {
            Runnable verification = () -> {
                mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                begun.countDown();
                await(go);
                atOnce.decrementAndGet();
                ran.countDown();
            };
            for (int i = 0; i < fit; i++) {
                threads.execute(verification);
            }
            assertThrows(RejectedExecutionException.class, () -> threads.execute(verification));
            await(begun);
            go.countDown();
            assertTrue(ran.await(10, TimeUnit.SECONDS));
            assertEquals(VerifierThreads.THREADS, mostAtOnce.get());
        }
    }

    @Test
    void nothingIsRunAfterTheEnd() {
        VerifierThreads threads = new VerifierThreads();
        threads.close();
        assertThrows(RejectedExecutionException.class, () -> threads.execute(() -> {}));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
