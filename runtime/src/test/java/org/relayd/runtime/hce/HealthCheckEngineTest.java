package org.relayd.runtime.hce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.plan.HealthPlan;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.hce.check.CheckOutcome;
import org.relayd.runtime.parent.message.Handover;

class HealthCheckEngineTest {
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final TableFixture fixture = new TableFixture();
    private final ManualTime time = new ManualTime();
    private final ManualChecks checks = new ManualChecks();
    private final RecordedLog log = new RecordedLog(false);
    private final List<HealthEvent> events = new ArrayList<>();

    private HealthCheckEngine engine(HealthPlan plan, HealthLog what) {
        return engine(plan, Handover.nothing(), what);
    }

    private HealthCheckEngine engine(HealthPlan plan, Handover before, HealthLog what) {
        return new HealthCheckEngine(plan, before, what, time, new Random(1), checks, log, List.of(events::add));
    }

    private HealthCheckEngine engine() {
        return engine(fixture.plan(), new HealthLog(Dialect.CURRENT, true, true));
    }

    private static HostView host(HealthCheckEngine engine, int id) {
        return engine.tables().stream().flatMap(table -> table.hosts().stream())
                .filter(view -> view.host().id().number() == id).findFirst().orElseThrow();
    }

    @Test
    void hostLinesCarryTheResultAndTheAvailability() {
        fixture.web(fixture.host());
        HealthCheckEngine engine = engine();
        engine.poll();
        time.advance(Duration.ofMillis(3));
        checks.end(1, CheckResult.TCP_CONNECT_OK);
        time.advance(ROUND);
        time.advance(Duration.ofMillis(200));
        checks.end(1, CheckResult.TCP_CONNECT_OK);
        time.advance(ROUND);
        checks.end(1, CheckResult.TCP_CONNECT_FAILED);
        List<String> lines = log.take();
        assertEquals("host 10.0.0.1, check tcp (3ms,tcp connect ok), state unknown -> up, availability 100.00%",
                lines.get(0));
        assertTrue(lines.get(1).matches(
                "host 10\\.0\\.0\\.1, check tcp \\([0-9]+ms,tcp connect ok\\), state up -> up, availability 100\\.00%"),
                lines.get(1));
        assertTrue(lines.get(2).endsWith("tcp connect failed), state up -> down, availability 66.67%"), lines.get(2));
        assertEquals(3, lines.size());
    }

    @Test
    void linesOfDialect51LeaveTheResultOut() {
        fixture.table("web", Optional.of(new HealthCheck.HttpCode(true, "/", Optional.empty(), 200)), ROUND,
                fixture.host());
        HealthCheckEngine engine = engine(fixture.plan(), new HealthLog(Dialect.V5_1, true, false));
        engine.poll();
        checks.end(1, new CheckOutcome(CheckResult.HTTP_CODE_MISMATCH, OptionalInt.of(404)));
        assertEquals(List.of(
                "host 10.0.0.1, check http code use ssl (0ms), state unknown -> down, availability 0.00%"),
                log.take());
    }

    @Test
    void anotherStatusCodeIsShown() {
        fixture.table("web", Optional.of(new HealthCheck.HttpCode(true, "/", Optional.empty(), 200)), ROUND,
                fixture.host());
        HealthCheckEngine engine = engine();
        engine.poll();
        checks.end(1, new CheckOutcome(CheckResult.HTTP_CODE_MISMATCH, OptionalInt.of(404)));
        assertEquals(List.of("host 10.0.0.1, check http code use tls (0ms,http code mismatch,404), "
                + "state unknown -> down, availability 0.00%"), log.take());
    }

    @Test
    void unchangedStatesAreLoggedOnlyIfAskedFor() {
        fixture.web(fixture.host());
        HealthCheckEngine engine = engine(fixture.plan(), new HealthLog(Dialect.CURRENT, true, false));
        engine.poll();
        checks.end(1, CheckResult.TCP_CONNECT_OK);
        assertEquals(1, log.take().size());
        time.advance(ROUND.plusSeconds(1));
        checks.end(1, CheckResult.TCP_CONNECT_OK);
        assertEquals(List.of(), log.take());
        assertEquals(2, events.stream().filter(HealthEvent.HostChecked.class::isInstance).count());
    }

    @Test
    void onlyHostsThatAreUpAreUsable() {
        Table table = fixture.web(fixture.host(), fixture.host());
        HealthCheckEngine engine = engine();
        HostStates.TableHosts hosts = engine.of(table.id());
        engine.poll();
        assertFalse(hosts.isUsable(0));
        assertTrue(hosts.isAwaited(0) && hosts.isAwaited(1));
        checks.end(1, CheckResult.TCP_CONNECT_OK);
        checks.end(2, CheckResult.TCP_CONNECT_FAILED);
        assertTrue(hosts.isUsable(0));
        assertFalse(hosts.isUsable(1));
        assertFalse(hosts.isAwaited(0) || hosts.isAwaited(1));
    }

    @Test
    void hostsOfTablesWithoutCheckAreUsableAndStayUnknown() {
        Table table = fixture.table("web", Optional.empty(), ROUND, fixture.host());
        HealthCheckEngine engine = engine();
        assertTrue(engine.of(table.id()).isUsable(0));
        engine.poll();
        assertEquals(List.of(), checks.running());
        assertEquals(HostState.UNKNOWN, host(engine, 1).state());
        assertThrows(IllegalArgumentException.class, () -> engine.of(new TableId(7)));
    }

    @Test
    void childrenFollowTheirParentWithRetriesOfTheirOwn() {
        Host parent = fixture.host();
        fixture.web(parent, fixture.host(1, Optional.of(parent.id())));
        HealthCheckEngine engine = engine();
        engine.poll();
        assertEquals(List.of(1), checks.running());
        checks.end(1, CheckResult.TCP_CONNECT_OK);
        time.advance(ROUND.plusSeconds(1));
        checks.end(1, CheckResult.TCP_CONNECT_FAILED);
        assertEquals(HostState.DOWN, host(engine, 1).state());
        assertEquals(HostState.UP, host(engine, 2).state());
        time.advance(ROUND);
        checks.end(1, CheckResult.TCP_CONNECT_FAILED);
        assertEquals(HostState.DOWN, host(engine, 2).state());
    }

    @Test
    void disabledHostsAreNotCheckedAndLoseTheirCounts() {
        Host parent = fixture.host();
        Table table = fixture.web(parent, fixture.host(0, Optional.of(parent.id())));
        HealthCheckEngine engine = engine();
        engine.poll();
        checks.end(1, CheckResult.TCP_CONNECT_OK);
        assertTrue(engine.switchHost(new HostId(1), false));
        assertEquals(0, host(engine, 1).checks());
        assertFalse(host(engine, 2).enabled());
        assertFalse(engine.of(table.id()).isUsable(0));
        assertFalse(engine.of(table.id()).isUsable(1));
        time.advance(ROUND.plusSeconds(1));
        assertEquals(List.of(), checks.running());
        assertTrue(engine.switchHost(new HostId(1), true));
        assertEquals(HostState.UNKNOWN, host(engine, 1).state());
        time.advance(ROUND);
        assertEquals(List.of(1), checks.running());
    }

    @Test
    void aHostWithAParentCannotBeSwitched() {
        Host parent = fixture.host();
        fixture.web(parent, fixture.host(0, Optional.of(parent.id())));
        HealthCheckEngine engine = engine();
        assertFalse(engine.switchHost(new HostId(2), false));
        assertFalse(engine.switchHost(new HostId(3), false));
        assertTrue(engine.switchHost(new HostId(1), true));
        assertEquals(List.of(), events);
    }

    @Test
    void aResultThatComesAfterDisablingIsIgnored() {
        fixture.web(fixture.host());
        HealthCheckEngine engine = engine();
        engine.poll();
        engine.switchHost(new HostId(1), false);
        checks.end(1, CheckResult.TCP_CONNECT_OK);
        assertEquals(List.of("host 10.0.0.1, check tcp (ignoring result, host disabled)"), log.take());
        assertEquals(HostState.UNKNOWN, host(engine, 1).state());
    }

    @Test
    void aDisabledTableForgetsStatesButNotCounts() {
        Table table = fixture.web(fixture.host());
        HealthCheckEngine engine = engine();
        engine.poll();
        checks.end(1, CheckResult.TCP_CONNECT_OK);
        assertTrue(engine.switchTable(table.id(), false));
        assertEquals(HostState.UNKNOWN, host(engine, 1).state());
        assertEquals(1, host(engine, 1).checks());
        assertFalse(engine.of(table.id()).isUsable(0));
        time.advance(ROUND.plusSeconds(1));
        assertEquals(List.of(), checks.running());
        engine.switchTable(table.id(), true);
        assertFalse(engine.of(table.id()).isUsable(0));
        time.advance(ROUND);
        checks.end(1, CheckResult.TCP_CONNECT_OK);
        assertTrue(engine.of(table.id()).isUsable(0));
        assertFalse(engine.switchTable(new TableId(9), false));
    }

    @Test
    void disablingATableEndsItsChecks() {
        Table table = fixture.web(fixture.host());
        HealthCheckEngine engine = engine();
        engine.poll();
        engine.switchTable(table.id(), false);
        assertEquals(List.of(), checks.running());
    }

    @Test
    void reloadKeepsHostsThatAreTheSame() {
        Table old = fixture.web(fixture.host(), fixture.host());
        HealthCheckEngine engine = engine();
        HostStates.TableHosts kept = engine.of(old.id());
        engine.poll();
        checks.endAll(CheckResult.TCP_CONNECT_OK);
        engine.switchHost(new HostId(2), false);

        TableFixture next = new TableFixture();
        Table first = next.table("other", Optional.of(new HealthCheck.TcpConnect()), ROUND, next.host());
        Table same = next.web(TableFixture.host(new HostId(2), "10.0.0.1", 0, Optional.empty()),
                TableFixture.host(new HostId(3), "10.0.0.2", 0, Optional.empty()));
        engine.reload(next.plan(), new HealthLog(Dialect.CURRENT, true, false));

        assertEquals(HostState.UP, host(engine, 2).state());
        assertEquals(1, host(engine, 2).checks());
        assertFalse(host(engine, 3).enabled());
        assertEquals(HostState.UNKNOWN, host(engine, 1).state());
        assertTrue(engine.of(same.id()).isUsable(0));
        assertFalse(engine.of(first.id()).isUsable(0));
        checks.end(2, CheckResult.TCP_CONNECT_FAILED);
        assertFalse(kept.isUsable(0), "a view from before the reload stays valid");
    }

    @Test
    void reloadForgetsHostsWhoseCheckIsAnother() {
        fixture.web(fixture.host());
        HealthCheckEngine engine = engine();
        engine.poll();
        checks.endAll(CheckResult.TCP_CONNECT_OK);
        TableFixture next = new TableFixture();
        next.table("web", Optional.of(new HealthCheck.Icmp()), ROUND, next.host());
        engine.reload(next.plan(), new HealthLog(Dialect.CURRENT, true, false));
        assertEquals(HostState.UNKNOWN, host(engine, 1).state());
    }

    @Test
    void reloadKeepsHostsDisabledWhateverElseChanges() {
        Host parent = fixture.host();
        fixture.web(parent, fixture.host(0, Optional.of(parent.id())), fixture.host());
        HealthCheckEngine engine = engine();
        engine.poll();
        checks.endAll(CheckResult.TCP_CONNECT_OK);
        engine.switchHost(parent.id(), false);

        TableFixture next = new TableFixture();
        Host first = next.host();
        next.table("web", Optional.of(new HealthCheck.Icmp()), ROUND.multipliedBy(2), first,
                next.host(3, Optional.of(first.id())), next.host());
        engine.reload(next.plan(), new HealthLog(Dialect.CURRENT, true, false));
        assertFalse(host(engine, 1).enabled());
        assertFalse(host(engine, 2).enabled());
        assertTrue(host(engine, 3).enabled());
        assertEquals(HostState.UNKNOWN, host(engine, 3).state());
        checks.endAll(CheckResult.ICMP_OK);
        assertEquals(HostState.UNKNOWN, host(engine, 1).state());
        assertEquals(HostState.UP, host(engine, 3).state());

        // No check at all, and another port.
        TableFixture last = new TableFixture();
        last.table("web", 81, Optional.empty(), ROUND, last.host(), last.host(), last.host());
        engine.reload(last.plan(), new HealthLog(Dialect.CURRENT, true, false));
        assertFalse(engine.of(new TableId(1)).isUsable(0));
        assertTrue(engine.of(new TableId(1)).isUsable(2));
    }

    @Test
    void reloadKeepsATableSwitchedWhoseCheckIsAnother() {
        Table old = fixture.web(fixture.host());
        HealthCheckEngine engine = engine();
        engine.poll();
        engine.switchTable(old.id(), false);
        TableFixture next = new TableFixture();
        Table same = next.table("web", Optional.of(new HealthCheck.Icmp()), ROUND, next.host());
        engine.reload(next.plan(), new HealthLog(Dialect.CURRENT, true, false));
        assertFalse(engine.table(same.id()).orElseThrow().enabled());
        assertEquals(List.of(), checks.running());
    }

    @Test
    void stopEndsAllChecks() {
        fixture.web(fixture.host());
        HealthCheckEngine engine = engine();
        engine.poll();
        engine.stop();
        assertEquals(List.of(), checks.running());
        time.advance(ROUND.multipliedBy(3));
        assertEquals(List.of(), checks.running());
    }

    @Test
    void whatAnotherProcessKnewHoldsUntilTheNextCheck() {
        Host parent = fixture.host(1, Optional.empty());
        Host child = fixture.host(0, Optional.of(parent.id()));
        Table web = fixture.web(parent, child, fixture.host(0, Optional.empty()));
        Table other = fixture.web(fixture.host(0, Optional.empty()));
        HealthCheckEngine engine = engine(fixture.plan(), new Handover(
                Map.of(new HostId(1), HostState.UP, new HostId(2), HostState.UP, new HostId(3), HostState.DOWN,
                        new HostId(4), HostState.UP),
                Set.of(new HostId(2)), Map.of(other.id(), false), Map.of(), Map.of(), Optional.empty()),
                new HealthLog(Dialect.CURRENT, true, false));
        HostStates.TableHosts hosts = engine.of(web.id());
        assertEquals(List.of(true, false, false),
                List.of(hosts.isUsable(0), hosts.isUsable(1), hosts.isUsable(2)));
        assertFalse(engine.of(other.id()).isUsable(0));
        assertEquals(HostState.DOWN, host(engine, 3).state());
        assertEquals("", host(engine, 1).availability());
        engine.poll();
        checks.end(1, CheckResult.TCP_CONNECT_FAILED);
        assertTrue(hosts.isUsable(0), "a failure is forgiven as if the host had been found up here");
        checks.end(3, CheckResult.TCP_CONNECT_FAILED);
        assertEquals(List.of(), log.take().stream().filter(line -> line.contains("unknown ->")).toList());
    }
}
