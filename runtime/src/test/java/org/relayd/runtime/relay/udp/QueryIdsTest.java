package org.relayd.runtime.relay.udp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class QueryIdsTest {

    @Test
    void noIdIsZeroAndNoneComesAgainSoon() {
        QueryIds ids = new QueryIds(RandomGenerator.of("L64X128MixRandom"));
        int[] last = new int[65_536];
        Arrays.fill(last, -65_536);
        for (int query = 0; query < 300_000; query++) {
            int id = ids.next();
            assertTrue(id > 0 && id < 65_536, "id " + id);
            assertTrue(query - last[id] > 32_700, "id " + id + " after " + (query - last[id]));
            last[id] = query;
        }
    }
}
