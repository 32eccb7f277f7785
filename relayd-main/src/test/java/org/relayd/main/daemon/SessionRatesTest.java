package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SessionRatesTest {
    private final SessionRates rates = new SessionRates();

    @Test
    void theFirstSpansShowWhatThereIsSoFar() {
        rates.tick(5);
        assertEquals(5, rates.lastInterval());
        assertEquals(5, rates.lastHour());
        assertEquals(5, rates.lastDay());
        assertEquals(5, rates.averageInterval());
        assertEquals(0, rates.averageHour());
        rates.tick(5);
        assertEquals(0, rates.lastInterval());
        assertEquals(5, rates.lastHour());
    }

    @Test
    void meansHalveTheWeightOfThePast() {
        rates.tick(8);
        rates.tick(8 + 4);
        assertEquals(6, rates.averageInterval());
        rates.tick(12);
        assertEquals(3, rates.averageInterval());
    }

    @Test
    void hoursAndDaysAreCountedWhenTheyHaveEnded() {
        long total = 0;
        for (int minute = 0; minute < 60; minute++) {
            rates.tick(++total);
        }
        assertEquals(60, rates.lastHour());
        assertEquals(60, rates.averageHour());
        assertEquals(60, rates.lastDay());
        for (int minute = 60; minute < 24 * 60; minute++) {
            rates.tick(total += 2);
        }
        assertEquals(120, rates.lastHour());
        assertEquals(total, rates.lastDay());
        rates.tick(total);
        assertEquals(120, rates.lastHour());
    }
}
