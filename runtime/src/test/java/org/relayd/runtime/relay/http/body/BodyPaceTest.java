package org.relayd.runtime.relay.http.body;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyPaceTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final BodyPace pace = new BodyPace(now::get);

    private void pass(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void aDripIsTooSlowOnceItsGraceIsOver() {
        pace.begin();
        for (int second = 0; second < BodyPace.GRACE; second++) {
            pass(1);
            assertFalse(pace.isTooSlow(1), "after " + second);
        }
        pass(1);
        assertTrue(pace.isTooSlow(1));
    }

    @Test
    void aSlowLineIsNot() {
        pace.begin();
        for (int second = 0; second < 10_000; second++) {
            pass(1);
            assertFalse(pace.isTooSlow(BodyPace.RATE), "after " + second);
        }
    }

    @Test
    void whatCameFastBeforeCountsForAPauseOfTheTarget() {
        pace.begin();
        assertFalse(pace.isTooSlow(64 * 1024));
        pass(BodyPace.GRACE + 1024);
        assertFalse(pace.isTooSlow(1));
        pass(2);
        assertTrue(pace.isTooSlow(1));
    }

    @Test
    void eachBodyBeginsAnew() {
        pace.begin();
        pass(1000);
        pace.begin();
        assertFalse(pace.isTooSlow(1));
    }
}
