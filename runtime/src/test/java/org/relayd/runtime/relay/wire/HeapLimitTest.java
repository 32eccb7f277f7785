package org.relayd.runtime.relay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeapLimitTest {
    private long free = 100L << 20;
    private double freeForLong = 1;
    private double freeAfterCollection = 1;
    private int collections;
    private long nanos;
    private final HeapLimit limit = new HeapLimit(new HeapLimit.Heap() {
        @Override
        public long most() {
            return 100L << 20;
        }

        @Override
        public long free() {
            return free;
        }

        @Override
        public double freeForLong() {
            return freeForLong;
        }

        @Override
        public void collect() {
            collections++;
            freeForLong = freeAfterCollection;
        }
    }, () -> nanos);

    @Test
    void aHeapWithRoomIsNotLookedAtClosely() {
        freeForLong = 0;
        assertFalse(limit.isShort());
        assertEquals(0, collections);
    }

    @Test
    void garbageIsNoShortage() {
        free = 1;
        assertFalse(limit.isShort(), "what has come lately may not live long");
        freeForLong = 0.1;
        assertFalse(limit.isShort());
        assertEquals(1, collections);
    }

    @Test
    void whileTheHeapIsShortItIsCollectedOnceASecond() {
        free = 1;
        freeForLong = 0.1;
        freeAfterCollection = 0.2;
        assertTrue(limit.isShort());
        assertTrue(limit.isShort());
        assertEquals(1, collections);
        nanos += TimeUnit.SECONDS.toNanos(1);
        freeAfterCollection = 0.5;
        assertFalse(limit.isShort());
        assertEquals(2, collections);
        assertEquals("the heap of 100 MiB is nearly full", limit.text());
    }

    @Test
    void theHeapOfThisProcessHasRoom() {
        assertFalse(HeapLimit.ofProcess().isShort());
    }
}
