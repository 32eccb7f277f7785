package org.relayd.runtime.relay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptLimitTest {
    private final List<String> told = new ArrayList<>();
    private final KeptLimit limit = new KeptLimit(4 << 20, told::add);

    @Test
    void memoryIsShortThenFullAndFreeAgain() {
        limit.add((4 << 20) - 1);
        assertFalse(limit.isShort());
        limit.add(1);
        assertTrue(limit.isShort());
        assertFalse(limit.isFull());
        limit.add(4 << 20);
        assertTrue(limit.isFull());
        limit.add(-(8 << 20));
        assertFalse(limit.isShort());
        assertEquals(0, limit.kept());
    }

    @Test
    void whoeverReadsTheLogLearnsOfItEachTimeThatMemoryBecomesShort() {
        limit.add(5 << 20);
        limit.add(5 << 20);
        limit.add(-(7 << 20));
        limit.add(2 << 20);
        String line = "relays keep 4 MiB of what was sent faster than it was taken: they receive little at a time";
        assertEquals(List.of(line, line), told);
        assertEquals("relays keep 8 MiB of what was sent faster than it was taken", limit.text());
    }

    @Test
    void withoutALimitMemoryIsNeverShort() {
        KeptLimit none = KeptLimit.none();
        none.add(Integer.MAX_VALUE);
        assertFalse(none.isShort() || none.isFull());
    }
}
