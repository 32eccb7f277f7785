package org.relayd.main.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.hce.HostView;
import org.relayd.runtime.hce.TableView;
import org.relayd.runtime.parent.message.Report;

class StateReportsTest {
    private static final Host HOST = new Host(new HostId(1), "10.0.0.1", IpAddress.parse("10.0.0.1").orElseThrow(),
            Optional.empty(), 0, OptionalInt.empty(), OptionalInt.empty());
    private static final Table TABLE = new Table(new TableId(1), "web:80", "web", new Port(80), false, false,
            Optional.empty(), Duration.ofMillis(200), Duration.ofSeconds(10), Optional.empty(), Optional.empty(),
            List.of(HOST), Table.Leftovers.none());

    private final List<Report> said = new ArrayList<>();
    private final StateReports reports = new StateReports(said::add);

    @Test
    void onlyChangesAreSaid() {
        reports.on(new HealthEvent.RoundStarted());
        reports.on(checked(HostState.UNKNOWN, HostState.UP));
        reports.on(checked(HostState.UP, HostState.UP));
        reports.on(new HealthEvent.HostSwitched(TABLE, HOST, false));
        reports.on(new HealthEvent.TableSwitched(TABLE, false));
        assertEquals(List.of(new Report.HostChanged(HOST.id(), HostState.UP),
                new Report.HostSwitched(HOST.id(), false), new Report.TableSwitched(TABLE.id(), false),
                new Report.HostChanged(HOST.id(), HostState.UNKNOWN)), said);
    }

    private static HealthEvent checked(HostState before, HostState now) {
        return new HealthEvent.HostChecked(TABLE, HOST, before, now, CheckResult.TCP_CONNECT_OK);
    }

    @Test
    void ofAnotherPlanAllIsSaidThatDiffersFromItsConfiguration() {
        reports.all(new TableView(TABLE, true, List.of(view(true, HostState.UP), view(true, HostState.UNKNOWN))));
        reports.all(new TableView(TABLE, false, List.of(view(false, HostState.UNKNOWN))));
        assertEquals(List.of(new Report.HostChanged(HOST.id(), HostState.UP),
                new Report.TableSwitched(TABLE.id(), false), new Report.HostSwitched(HOST.id(), false)), said);
    }

    private static HostView view(boolean enabled, HostState state) {
        return new HostView(HOST, enabled, state, 0, 0, 0, CheckResult.NONE);
    }
}
