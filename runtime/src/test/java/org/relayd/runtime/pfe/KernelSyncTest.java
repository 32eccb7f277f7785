package org.relayd.runtime.pfe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.runtime.pfe.KernelFixture.BACKUP;
import static org.relayd.runtime.pfe.KernelFixture.GATEWAYS;
import static org.relayd.runtime.pfe.KernelFixture.MAIN;
import static org.relayd.runtime.pfe.KernelFixture.down;
import static org.relayd.runtime.pfe.KernelFixture.up;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.platform.Footprint;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.recorder.Recording;

/** Sequences of events and the operations that follow, as the recorder writes them. */
class KernelSyncTest {
    private final List<String> calls = new ArrayList<>();
    private final RecordedLog log = new RecordedLog(true);
    private final List<FilterEvent> events = new ArrayList<>();
    private String broken = "";

    private KernelSync start(KernelPlan plan) {
        return start(plan, Handover.nothing());
    }

    private KernelSync start(KernelPlan plan, Handover before) {
        KernelSync sync = new KernelSync(recorded(), log, events::add);
        sync.begin(plan, before);
        sync.sync();
        return sync;
    }

    private Kernel recorded() {
        Recording recording = line -> {
            if (!broken.isEmpty() && line.startsWith(broken)) {
                throw new KernelException("refused: " + line);
            }
            calls.add(line);
        };
        return recording.kernel();
    }

    /** One before which another process has demoted the group old and written it down. */
    private KernelSync afterAnother(KernelPlan plan, List<String> footprint) {
        Kernel recorded = recorded();
        KernelSync sync = new KernelSync(new Kernel(recorded.filter(), recorded.routes(), recorded.demotion(),
                leaving(Set.of("old"), footprint)), log, events::add);
        sync.begin(plan, Handover.nothing());
        sync.removeLeftOvers();
        return sync;
    }

    private void assertCalls(String... expected) {
        assertEquals(List.of(expected), calls);
        calls.clear();
    }

    private void step(KernelSync sync, HealthEvent... happened) {
        for (HealthEvent event : happened) {
            sync.take(event);
        }
        assertTrue(sync.sync());
    }

    @Test
    void hostsComeBeforeRulesAndGoBeforeThem() {
        KernelSync sync = start(KernelFixture.filter(KernelFixture.redirect(false, false)));
        assertCalls("filter open");
        step(sync, up(MAIN, 0));
        assertCalls("table www set 10.0.0.1", "rules www load");
        step(sync, up(MAIN, 1));
        assertCalls("table www set 10.0.0.1 10.0.0.2");
        step(sync, up(MAIN, 1));
        assertCalls();
        step(sync, down(MAIN, 0), down(MAIN, 1));
        assertCalls("table www flush", "rules www remove");
        sync.stop();
        assertCalls("filter close");
        assertEquals(List.of("table www: 1 added, 0 deleted, 0 changed, 0 killed", "pfe_sync: enabling ruleset",
                "table www: 1 added, 0 deleted, 0 changed, 0 killed",
                "table www: 0 added, 2 deleted, 0 changed, 0 killed", "pfe_sync: disabling ruleset"), log.lines());
        assertEquals(List.of("TableChanged", "RulesLoaded", "TableChanged", "TableChanged", "RulesRemoved"),
                events.stream().map(event -> event.getClass().getSimpleName()).toList());
    }

    @Test
    void theBackupTableTakesOverAndGivesBack() {
        KernelSync sync = start(KernelFixture.filter(KernelFixture.redirect(false, false)));
        step(sync, up(MAIN, 0), up(BACKUP, 0));
        assertCalls("filter open", "table www set 10.0.0.1", "rules www load");
        assertEquals(RedirectView.State.ACTIVE, sync.views().getFirst().state());
        step(sync, down(MAIN, 0));
        assertCalls("table www set 10.0.0.3");
        assertEquals(RedirectView.State.BACKUP, sync.views().getFirst().state());
        step(sync, up(MAIN, 1));
        assertCalls("table www set 10.0.0.2");
        step(sync, down(MAIN, 1), down(BACKUP, 0));
        assertCalls("table www flush", "rules www remove");
        assertEquals(RedirectView.State.DOWN, sync.views().getFirst().state());
    }

    @Test
    void clientsOfHostsThatAreDownAreForgottenIfTheyAreSticky() {
        KernelSync sync = start(KernelFixture.filter(KernelFixture.redirect(true, false)));
        step(sync, up(MAIN, 0), up(MAIN, 1));
        assertCalls("filter open", "table www set 10.0.0.1 10.0.0.2", "rules www load");
        step(sync, down(MAIN, 0));
        assertCalls("table www set 10.0.0.2", "table www forget 10.0.0.1");
    }

    @Test
    void aDisabledTableIsAsIfItsHostsWereGone() {
        KernelSync sync = start(KernelFixture.filter(KernelFixture.redirect(true, false)));
        step(sync, up(MAIN, 0), up(BACKUP, 0));
        calls.clear();
        step(sync, new HealthEvent.TableSwitched(MAIN, false));
        assertCalls("table www set 10.0.0.3");
        step(sync, new HealthEvent.TableSwitched(MAIN, true));
        assertCalls();
        step(sync, up(MAIN, 0));
        assertCalls("table www set 10.0.0.1");
        step(sync, new HealthEvent.HostSwitched(MAIN, MAIN.hosts().getFirst(), false));
        assertCalls("table www set 10.0.0.3");
    }

    @Test
    void aDisabledRedirectionHasNoRules() {
        KernelSync sync = start(KernelFixture.filter(KernelFixture.redirect(false, true)));
        step(sync, up(MAIN, 0));
        assertCalls("filter open");
        assertEquals(RedirectView.State.DISABLED, sync.views().getFirst().state());
        sync.set(new RedirectId(1), true);
        step(sync);
        assertCalls("table www set 10.0.0.1", "rules www load");
        sync.set(new RedirectId(1), false);
        step(sync);
        assertCalls("table www flush", "rules www remove");
    }

    @Test
    void whatThePacketFilterRefusesIsLoadedFromScratchWhenItWorksAgain() {
        KernelSync sync = start(KernelFixture.filter(KernelFixture.redirect(false, false)));
        sync.take(up(MAIN, 0));
        broken = "rules";
        assertFalse(sync.sync());
        assertFalse(sync.sync());
        broken = "";
        calls.clear();
        sync.take(up(MAIN, 1));
        assertTrue(sync.sync());
        assertCalls("filter open", "table www set 10.0.0.1 10.0.0.2", "rules www load");
        assertEquals(List.of("packet filter: refused: rules www load",
                "table www: 2 added, 0 deleted, 0 changed, 0 killed", "pfe_sync: enabling ruleset",
                "packet filter: works again"), log.lines());
    }

    @Test
    void aPacketFilterThatIsMissingAtTheStartDoesNotStopTheRest() {
        broken = "filter";
        KernelSync sync = start(KernelFixture.filter(KernelFixture.redirect(false, false)));
        sync.take(up(MAIN, 0));
        assertFalse(sync.sync());
        assertEquals(List.of("packet filter: refused: filter open"), log.lines());
        sync.stop();
        assertCalls();
    }

    @Test
    void routesFollowTheirGateways() {
        KernelSync sync = start(KernelFixture.routes());
        assertCalls("routes open", "demotion open carp");
        step(sync, up(GATEWAYS, 0));
        assertCalls("route add 0.0.0.0/0 via 10.0.1.1 rtable 3 label wan",
                "route add 203.0.113.0/24 via 10.0.1.1 rtable 3 label wan");
        step(sync, down(GATEWAYS, 1));
        assertCalls("route delete 0.0.0.0/0 via 10.0.1.2 rtable 3 label wan",
                "route delete 203.0.113.0/24 via 10.0.1.2 rtable 3 label wan");
        step(sync, new HealthEvent.HostSwitched(GATEWAYS, GATEWAYS.hosts().getFirst(), false));
        assertCalls("route delete 0.0.0.0/0 via 10.0.1.1 rtable 3 label wan",
                "route delete 203.0.113.0/24 via 10.0.1.1 rtable 3 label wan", "demote carp +1");
        sync.stop();
        assertCalls("routes close", "demotion close");
        assertTrue(log.lines().contains("sync_routes: router uplinks route 0.0.0.0/0 gateway 10.0.1.1 up priority 0"),
                log.lines().toString());
    }

    @Test
    void aGroupIsDemotedOnceWhileATableIsEmpty() {
        KernelSync sync = start(KernelFixture.routes());
        step(sync, down(GATEWAYS, 0));
        assertEquals(List.of(), demotions());
        step(sync, down(GATEWAYS, 1));
        step(sync, down(GATEWAYS, 0));
        assertEquals(List.of("demote carp +1"), demotions());
        step(sync, up(GATEWAYS, 1));
        step(sync, up(GATEWAYS, 0));
        assertEquals(List.of("demote carp +1", "demote carp -1"), demotions());
        assertTrue(log.lines().contains("incremented the demote state of group 'carp'"), log.lines().toString());
        assertTrue(log.lines().contains("decremented the demote state of group 'carp'"), log.lines().toString());
    }

    private static KernelPlan both(Redirect redirect) {
        KernelPlan filter = KernelFixture.filter(redirect);
        KernelPlan routes = KernelFixture.routes();
        return new KernelPlan(filter.redirects(), filter.image(), routes.routes(), List.of(MAIN, BACKUP, GATEWAYS),
                true);
    }

    @Test
    void aReloadGoesOnWithWhatIsKnownAndTouchesOnlyWhatIsNew() {
        KernelSync sync = start(both(KernelFixture.redirect(false, false)));
        step(sync, up(MAIN, 0), up(MAIN, 1), down(GATEWAYS, 0), down(GATEWAYS, 1));
        calls.clear();
        Map<HostId, HostState> known = Map.of(new HostId(1), HostState.UP, new HostId(2), HostState.UP,
                new HostId(4), HostState.DOWN, new HostId(5), HostState.DOWN);
        sync.reload(both(KernelFixture.redirect(true, false)), known);
        assertTrue(sync.sync());
        assertCalls("filter open", "routes open", "demotion open carp",
                "route delete 0.0.0.0/0 via 10.0.1.1 rtable 3 label wan",
                "route delete 203.0.113.0/24 via 10.0.1.1 rtable 3 label wan",
                "route delete 0.0.0.0/0 via 10.0.1.2 rtable 3 label wan",
                "route delete 203.0.113.0/24 via 10.0.1.2 rtable 3 label wan");
        step(sync, up(GATEWAYS, 0), down(MAIN, 0));
        assertCalls("table www set 10.0.0.2", "table www forget 10.0.0.1",
                "route add 0.0.0.0/0 via 10.0.1.1 rtable 3 label wan",
                "route add 203.0.113.0/24 via 10.0.1.1 rtable 3 label wan", "demote carp -1");
    }

    @Test
    void hostsThatAreToBeCheckedInAnotherWayStayInUseUntilTheyAre() {
        KernelSync sync = start(both(KernelFixture.redirect(false, false)));
        step(sync, up(MAIN, 0), up(MAIN, 1), up(GATEWAYS, 0), up(GATEWAYS, 1));
        calls.clear();
        sync.reload(both(KernelFixture.redirect(false, false)), Map.of());
        assertTrue(sync.sync());
        assertCalls("filter open", "routes open", "demotion open carp");
        step(sync, down(MAIN, 0));
        assertCalls("table www set 10.0.0.2");
        step(sync, down(MAIN, 1), down(GATEWAYS, 0), down(GATEWAYS, 1));
        assertEquals(List.of("table www flush", "rules www remove"), calls.subList(0, 2));
        assertEquals(List.of("demote carp +1"), demotions());
    }

    @Test
    void aReloadClosesWhatTheNewPlanDoesNotNeedAndOpensWhatTheOldOneDidNot() {
        KernelSync sync = start(KernelFixture.filter(KernelFixture.redirect(false, false)));
        step(sync, up(MAIN, 0));
        calls.clear();
        sync.reload(KernelFixture.routes(), Map.of());
        assertTrue(sync.sync());
        assertCalls("filter close", "routes open", "demotion open carp");
        assertEquals(List.of(), sync.views());
        sync.reload(KernelPlan.nothing(), Map.of());
        assertTrue(sync.sync());
        assertCalls("routes close", "demotion close");
        sync.stop();
        assertCalls();
    }

    @Test
    void relayctlsWordAboutARedirectionOutlivesAReloadUnlessTheFileSaysSomethingNew() {
        KernelSync sync = start(KernelFixture.filter(KernelFixture.redirect(false, false)));
        sync.set(new RedirectId(1), false);
        sync.reload(KernelFixture.filter(KernelFixture.redirect(true, false)), Map.of());
        assertEquals(RedirectView.State.DISABLED, sync.views().getFirst().state());
        sync.set(new RedirectId(1), true);
        sync.reload(KernelFixture.filter(KernelFixture.redirect(true, true)), Map.of());
        assertEquals(RedirectView.State.DISABLED, sync.views().getFirst().state());
    }

    @Test
    void whatAnotherDaemonLeftIsRemovedWhereThePlanNeedsNothing() {
        KernelPlan plan = KernelFixture.filter(KernelFixture.redirect(false, false));
        List<String> footprint = new ArrayList<>();
        KernelSync sync = afterAnother(plan, footprint);
        assertCalls("routes open", "routes close", "demotion open old", "demotion close");
        assertEquals(List.of("removed what another relayd has left in the kernel"), log.lines());
        sync.sync();
        sync.stop();
        assertCalls("filter open", "filter close");
        assertEquals(List.of("set []", "clear"), footprint);
    }

    @Test
    void whatCannotBeRemovedStaysWrittenDownAndIsTriedAgain() {
        broken = "demotion open old";
        List<String> footprint = new ArrayList<>();
        KernelSync sync = afterAnother(KernelFixture.filter(KernelFixture.redirect(false, false)), footprint);
        assertFalse(sync.sync());
        assertEquals(List.of("set [old]"), footprint);
        broken = "";
        calls.clear();
        assertTrue(sync.sync());
        assertTrue(sync.sync());
        assertCalls("routes open", "routes close", "demotion open old", "demotion close");
        assertEquals(List.of("left-overs of another relayd: refused: demotion open old",
                "removed what another relayd has left in the kernel", "left-overs of another relayd: works again"),
                log.lines());
    }

    private static Footprint leaving(Set<String> groups, List<String> calls) {
        return new Footprint() {
            @Override
            public Optional<Set<String>> left() {
                return Optional.of(groups);
            }

            @Override
            public void set(Set<String> own, RouteImage routes) {
                calls.add("set " + own);
            }

            @Override
            public void clear() {
                calls.add("clear");
            }
        };
    }

    private List<String> demotions() {
        return calls.stream().filter(call -> call.startsWith("demote ")).toList();
    }

    private static Handover knowing(Map<HostId, HostState> hosts, Map<RedirectId, Boolean> redirects,
            Map<String, Integer> demoted) {
        return new Handover(hosts, Set.of(), Map.of(), redirects, demoted, Optional.empty());
    }

    @Test
    void aSuccessorTakesNothingAwayOfWhatIsUp() {
        KernelSync sync = start(KernelFixture.filter(KernelFixture.redirect(false, false)),
                knowing(Map.of(new HostId(1), HostState.UP, new HostId(2), HostState.DOWN), Map.of(), Map.of()));
        assertCalls("filter open", "table www set 10.0.0.1", "rules www load");
        step(sync, up(MAIN, 0), down(MAIN, 1));
        assertCalls();
    }

    @Test
    void aSuccessorTakesAwayWhatItsPredecessorHadNoTimeFor() {
        start(KernelFixture.filter(KernelFixture.redirect(false, false)),
                knowing(Map.of(new HostId(1), HostState.DOWN), Map.of(), Map.of()));
        assertCalls("filter open", "table www flush", "rules www remove");
        start(KernelFixture.filter(KernelFixture.redirect(false, false)), knowing(
                Map.of(new HostId(1), HostState.UP), Map.of(new RedirectId(1), false), Map.of()));
        assertCalls("filter open", "table www flush", "rules www remove");
    }

    @Test
    void aSuccessorSaysOfAllGatewaysWhetherTheyAreUsed() {
        KernelSync sync = start(KernelFixture.routes(),
                knowing(Map.of(new HostId(4), HostState.UP), Map.of(), Map.of()));
        assertCalls("routes open", "route add 0.0.0.0/0 via 10.0.1.1 rtable 3 label wan",
                "route add 203.0.113.0/24 via 10.0.1.1 rtable 3 label wan",
                "route delete 0.0.0.0/0 via 10.0.1.2 rtable 3 label wan",
                "route delete 203.0.113.0/24 via 10.0.1.2 rtable 3 label wan", "demotion open carp");
        step(sync, up(GATEWAYS, 0));
        assertCalls();
    }

    @Test
    void aSuccessorDemotesNothingTwice() {
        KernelSync sync = start(KernelFixture.routes(), knowing(
                Map.of(new HostId(4), HostState.DOWN, new HostId(5), HostState.DOWN), Map.of(), Map.of("carp", 1)));
        assertEquals("demotion open carp", calls.removeLast());
        calls.clear();
        step(sync, up(GATEWAYS, 1));
        assertEquals("demote carp -1", calls.removeLast());
    }

    @Test
    void aSuccessorDemotesWhatItsPredecessorHadNoTimeFor() {
        start(KernelFixture.routes(), knowing(Map.of(new HostId(4), HostState.DOWN, new HostId(5), HostState.DOWN),
                Map.of(), Map.of()));
        assertEquals("demote carp +1", calls.removeLast());
    }
}
