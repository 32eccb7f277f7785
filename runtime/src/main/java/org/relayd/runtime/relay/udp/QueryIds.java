package org.relayd.runtime.relay.udp;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Ids for queries: random, never 0, and none comes again within 32768 queries. A permutation of all ids that is
 * shuffled while it is walked, always among the half ahead. One event loop.
 */
final class QueryIds {
    private static final int ALL = 65_536;
    private static final int AHEAD = ALL / 2;

    private final char[] ids = new char[ALL];
    private final RandomGenerator random;
    private int at;

    QueryIds() {
        this(new SecureRandom());
    }

    QueryIds(RandomGenerator random) {
        this.random = random;
        for (int i = 0; i < ALL; i++) {
            ids[i] = (char) i;
        }
        for (int i = ALL - 1; i > 0; i--) {
            swap(i, random.nextInt(i + 1));
        }
    }

    /** Returns the next id, 1 to 65535. */
    int next() {
        char id = 0;
        while (id == 0) {
            swap(at, (at + random.nextInt(AHEAD)) % ALL);
            id = ids[at];
            at = (at + 1) % ALL;
        }
        return id;
    }

    private void swap(int left, int right) {
        char kept = ids[left];
        ids[left] = ids[right];
        ids[right] = kept;
    }
}
