package org.relayd.main.daemon;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.plan.Plan;
import org.relayd.runtime.hce.TableView;
import org.relayd.runtime.pfe.PacketFilterEngine;
import org.relayd.runtime.pfe.RedirectView;
import org.relayd.runtime.relay.RelayEngine;
import org.relayd.runtime.relay.session.RelayStatistics;

/** Sessions of all relays and redirections over time, and the rows that show them. Engine thread only. */
final class ServiceCounts {
    private final RelayEngine relays;
    private final PacketFilterEngine filter;
    private final SessionCounts<RelayId> ofRelays = new SessionCounts<>();
    private final SessionCounts<RedirectId> ofRedirects = new SessionCounts<>();

    ServiceCounts(RelayEngine relays, PacketFilterEngine filter) {
        this.relays = relays;
        this.filter = filter;
    }

    /** Takes in the totals at the end of a statistics interval. */
    void tick() {
        ofRelays.tick(relaySessions());
        ofRedirects.tick(redirectSessions());
    }

    /** Keeps the counts of relays that have these new ids by their old ones, and forgets the rest. */
    void renumberRelays(Map<RelayId, RelayId> kept) {
        ofRelays.renumber(kept);
    }

    /** Keeps the counts of the redirections that have the same name in both plans, and forgets the rest. */
    void renumberRedirects(Plan before, Plan after) {
        Map<String, RedirectId> known = redirects(before).stream()
                .collect(Collectors.toMap(Redirect::name, Redirect::id));
        ofRedirects.renumber(redirects(after).stream().filter(redirect -> known.containsKey(redirect.name()))
                .collect(Collectors.toMap(redirect -> known.get(redirect.name()), Redirect::id)));
    }

    /**
     * Returns the rows of {@code relayctl show summary}.
     *
     * @param plan
     *            the plan that is executed
     * @param tables
     *            what is known of its tables
     */
    List<ControlReply> summary(Plan plan, List<TableView> tables) {
        ofRelays.update(relaySessions());
        ofRedirects.update(redirectSessions());
        // The packet filter takes over another plan a moment later than the health checks.
        List<Redirect> present = redirects(plan);
        List<RedirectView> views = filter.redirects().stream().filter(view -> present.contains(view.redirect()))
                .toList();
        return new SummaryRows(plan, tables, views, ofRelays, ofRedirects).rows();
    }

    private static List<Redirect> redirects(Plan plan) {
        return plan.redirects().redirects();
    }

    private Map<RelayId, Long> relaySessions() {
        return relays.statistics().stream()
                .collect(Collectors.toMap(RelayStatistics::relay, RelayStatistics::sessions));
    }

    private Map<RedirectId, Long> redirectSessions() {
        return filter.redirects().stream()
                .collect(Collectors.toMap(view -> view.redirect().id(), RedirectView::connections));
    }
}
