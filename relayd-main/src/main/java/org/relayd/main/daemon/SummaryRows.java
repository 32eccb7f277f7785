package org.relayd.main.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.TableId;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.Checks;
import org.relayd.ir.control.ControlReply.HostRow;
import org.relayd.ir.control.ControlReply.RedirectRow;
import org.relayd.ir.control.ControlReply.RedirectStatus;
import org.relayd.ir.control.ControlReply.RelayRow;
import org.relayd.ir.control.ControlReply.RouterRow;
import org.relayd.ir.control.ControlReply.Statistics;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.hce.HostView;
import org.relayd.runtime.hce.TableView;
import org.relayd.runtime.pfe.RedirectView;

/**
 * The rows of {@code relayctl show summary}: redirections, relays and routers, each with its tables, each table with
 * its hosts. relayctl(8): OUTPUT.
 */
final class SummaryRows {
    private final Plan plan;
    private final Map<TableId, TableView> tables;
    private final List<RedirectView> redirects;
    private final SessionCounts<RelayId> relayCounts;
    private final SessionCounts<RedirectId> redirectCounts;

    /**
     * Prepares the rows of one moment.
     *
     * @param tables
     *            all tables of the plan
     * @param redirects
     *            all its redirections, in order of their ids
     */
    SummaryRows(Plan plan, List<TableView> tables, List<RedirectView> redirects, SessionCounts<RelayId> relayCounts,
            SessionCounts<RedirectId> redirectCounts) {
        this.plan = plan;
        this.tables = tables.stream().collect(Collectors.toMap(view -> view.table().id(), view -> view));
        this.redirects = redirects;
        this.relayCounts = relayCounts;
        this.redirectCounts = redirectCounts;
    }

    /** Returns the rows in the order of the original. */
    List<ControlReply> rows() {
        List<ControlReply> rows = new ArrayList<>();
        redirects.forEach(view -> redirect(view, rows));
        plan.relays().paths().forEach(path -> relay(path, rows));
        plan.routes().routers().forEach(router -> router(router, rows));
        return rows;
    }

    /**
     * Returns whether {@code relayctl show} of a subject lists a row: all but the summary have
     * rows of their own kind only.
     */
    static boolean isOf(Subject subject, ControlReply row) {
        return switch (subject) {
            case SUMMARY -> true;
            case HOSTS -> row instanceof TableRow || row instanceof HostRow;
            case REDIRECTS -> row instanceof RedirectRow;
            case RELAYS -> row instanceof RelayRow;
            case ROUTERS -> row instanceof RouterRow;
            case SESSIONS, NEEDS -> false;
        };
    }

    private void redirect(RedirectView view, List<ControlReply> rows) {
        Redirect redirect = view.redirect();
        rows.add(new RedirectRow(redirect.id().number(), redirect.name(), status(view.state()),
                Optional.of(redirectCounts.statistics(redirect.id()))));
        if (view.state() != RedirectView.State.DISABLED) {
            table(redirect.table().id(), rows);
            redirect.backup().ifPresent(table -> table(table.id(), rows));
        }
    }

    private static RedirectStatus status(RedirectView.State state) {
        return switch (state) {
            case ACTIVE -> RedirectStatus.ACTIVE;
            case BACKUP -> RedirectStatus.BACKUP;
            case DOWN -> RedirectStatus.DOWN;
            case DISABLED -> RedirectStatus.DISABLED;
        };
    }

    private void relay(RelayPath path, List<ControlReply> rows) {
        Statistics statistics = relayCounts.statistics(path.id());
        rows.add(new RelayRow(path.id().number(), path.name(), !path.listen().disabled(), statistics));
        path.select().tables().stream().map(RelayTable::table).forEach(table -> table(table.id(), rows));
    }

    private void router(Router router, List<ControlReply> rows) {
        rows.add(new RouterRow(router.id().number(), router.name(), !router.disabled(), router.rtable(),
                router.label(), router.routes().stream().map(route -> route.destination().toString()).toList()));
        router.gateways().ifPresent(table -> table(table.id(), rows));
    }

    private void table(TableId id, List<ControlReply> rows) {
        TableView view = tables.get(id);
        boolean checked = view.table().check().isPresent();
        long usable = view.hosts().stream()
                .filter(host -> host.enabled() && (!checked || host.state() == HostState.UP)).count();
        rows.add(new TableRow(id.number(), view.table().name(), view.enabled(), (int) usable));
        if (view.enabled()) {
            view.hosts().forEach(host -> rows.add(host(host)));
        }
    }

    private HostRow host(HostView view) {
        Optional<Integer> parent = view.host().parent().map(HostId::number);
        Checks checks = new Checks(view.upChecks(), view.checks(), view.retries(),
                view.last().text(plan.dialect()));
        return new HostRow(view.host().id().number(), view.host().name(), parent, view.enabled(), view.state(),
                checks);
    }
}
