package org.relayd.main.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DaemonEndTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final DaemonEnd ending = new DaemonEnd(DAY);

    @Test
    void whoAsksFirstGrantsTimeAndWhoAsksAgainTakesItBack() {
        ending.ask();
        ending.await();
        assertTrue(ending.left().compareTo(DAY.minusMinutes(1)) > 0);
        assertTrue(ending.waits(Duration.ofMillis(1)));
        ending.ask();
        assertEquals(Duration.ZERO, ending.left());
        assertFalse(ending.waits(DAY));
    }

    @Test
    void timeIsOnlyEverShortened() {
        ending.ask(Duration.ofHours(1));
        ending.ask(DAY);
        assertTrue(ending.left().compareTo(Duration.ofHours(1)) <= 0);
        ending.ask(Duration.ofMillis(5));
        assertFalse(ending.waits(DAY));
    }

    @Test
    void whoWaitsIsWoken() throws Exception {
        Thread waiting = Thread.ofPlatform().start(() -> {
            ending.await();
            ending.waits(DAY);
        });
        ending.ask();
        ending.ask();
        waiting.join();
        assertTrue(ending.left().isZero());
    }
}
