package org.relayd.main.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.config.TableId;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.Checks;
import org.relayd.ir.control.ControlReply.HostRow;
import org.relayd.ir.control.ControlReply.RelayRow;
import org.relayd.ir.control.ControlReply.Statistics;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.hce.HostView;
import org.relayd.runtime.hce.TableView;

/**
 * The rows of {@code relayctl show summary}: each relay with its tables, each table with its hosts. relayctl(8):
 * OUTPUT.
 */
final class SummaryRows {
    private final Plan plan;
    private final Map<TableId, TableView> tables;
    private final RelayCounts counts;

    /**
     * Prepares the rows of one moment.
     *
     * @param tables
     *            all tables of the plan
     */
    SummaryRows(Plan plan, List<TableView> tables, RelayCounts counts) {
        this.plan = plan;
        this.tables = tables.stream().collect(Collectors.toMap(view -> view.table().id(), view -> view));
        this.counts = counts;
    }

    /** Returns the rows in the order of the original. */
    List<ControlReply> rows() {
        List<ControlReply> rows = new ArrayList<>();
        plan.relays().paths().forEach(path -> relay(path, rows));
        return rows;
    }

    private void relay(RelayPath path, List<ControlReply> rows) {
        Statistics statistics = counts.statistics(path.id());
        rows.add(new RelayRow(path.id().number(), path.name(), !path.listen().disabled(), statistics));
        path.select().tables().stream().map(RelayTable::table).forEach(table -> table(table.id(), rows));
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
