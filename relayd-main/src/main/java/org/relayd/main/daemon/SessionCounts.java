package org.relayd.main.daemon;

import java.util.HashMap;
import java.util.Map;
import org.relayd.ir.control.ControlReply.Rates;
import org.relayd.ir.control.ControlReply.Statistics;

/**
 * Sessions of relays, or of redirections, over time. Engine thread only.
 *
 * @param <I>
 *            id of a relay or redirection
 */
final class SessionCounts<I> {
    private final Map<I, SessionRates> rates = new HashMap<>();
    private final Map<I, Long> totals = new HashMap<>();

    /** Takes in the present totals: sessions since the start, which never shrink. */
    void update(Map<I, Long> present) {
        totals.putAll(present);
    }

    /** Takes in the totals at the end of a statistics interval. */
    void tick(Map<I, Long> present) {
        update(present);
        present.forEach((id, total) -> rates.computeIfAbsent(id, _ -> new SessionRates()).tick(total));
    }

    /** Keeps the counts of what has these new ids by its old ones, and forgets the rest. */
    void renumber(Map<I, I> kept) {
        renumber(rates, kept);
        renumber(totals, kept);
    }

    private static <I, V> void renumber(Map<I, V> values, Map<I, I> kept) {
        Map<I, V> before = Map.copyOf(values);
        values.clear();
        kept.forEach((old, now) -> {
            if (before.containsKey(old)) {
                values.put(now, before.get(old));
            }
        });
    }

    /** Returns what relayctl(8) shows; all zero for what is not known. */
    Statistics statistics(I id) {
        SessionRates of = rates.getOrDefault(id, new SessionRates());
        return new Statistics(totals.getOrDefault(id, 0L), (int) SessionRates.INTERVAL.toSeconds(),
                new Rates(of.lastInterval(), of.lastHour(), of.lastDay()),
                new Rates(of.averageInterval(), of.averageHour(), of.averageDay()));
    }
}
