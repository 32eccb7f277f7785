package org.relayd.main.daemon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.control.ControlReply.Rates;
import org.relayd.ir.control.ControlReply.Statistics;
import org.relayd.runtime.SessionRates;
import org.relayd.runtime.relay.RelayStatistics;

/** Sessions of the relays over time. Engine thread only. */
final class RelayCounts {
    private final Map<RelayId, SessionRates> rates = new HashMap<>();
    private final Map<RelayId, Long> totals = new HashMap<>();

    /** Takes in the present totals. */
    void update(List<RelayStatistics> statistics) {
        statistics.forEach(relay -> totals.put(relay.relay(), relay.sessions()));
    }

    /** Takes in the totals at the end of a statistics interval. */
    void tick(List<RelayStatistics> statistics) {
        update(statistics);
        statistics.forEach(relay -> rates.computeIfAbsent(relay.relay(), _ -> new SessionRates())
                .tick(relay.sessions()));
    }

    /** Returns what relayctl(8) shows of a relay. */
    Statistics statistics(RelayId relay) {
        SessionRates of = rates.getOrDefault(relay, new SessionRates());
        return new Statistics(totals.getOrDefault(relay, 0L), (int) SessionRates.INTERVAL.toSeconds(),
                new Rates(of.lastInterval(), of.lastHour(), of.lastDay()),
                new Rates(of.averageInterval(), of.averageHour(), of.averageDay()));
    }
}
