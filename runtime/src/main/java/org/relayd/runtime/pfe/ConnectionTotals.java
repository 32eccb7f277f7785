package org.relayd.runtime.pfe;

import java.util.HashMap;
import java.util.Map;
import org.relayd.ir.config.RedirectId;

/**
 * Connections of each redirection since the daemon started, though the kernel's counters begin anew
 * whenever they are loaded anew.
 */
final class ConnectionTotals {
    private final Map<RedirectId, Long> totals = new HashMap<>();
    private Map<RedirectId, Long> last = Map.of();

    /** Takes in what the kernel has counted. */
    void take(Map<RedirectId, Long> counters) {
        counters.forEach((redirect, count) -> {
            long before = last.getOrDefault(redirect, 0L);
            totals.merge(redirect, count < before ? count : count - before, Long::sum);
        });
        last = Map.copyOf(counters);
    }

    /**
     * Takes over other ids, and forgets what has none.
     *
     * @param ids
     *            new id by the old one
     */
    void follow(Map<RedirectId, RedirectId> ids) {
        Map<RedirectId, Long> before = Map.copyOf(totals);
        Map<RedirectId, Long> counted = last;
        totals.clear();
        last = new HashMap<>();
        ids.forEach((old, fresh) -> {
            totals.put(fresh, before.getOrDefault(old, 0L));
            last.put(fresh, counted.getOrDefault(old, 0L));
        });
    }

    long of(RedirectId redirect) {
        return totals.getOrDefault(redirect, 0L);
    }
}
