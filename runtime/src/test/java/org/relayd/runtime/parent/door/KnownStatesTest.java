package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.TableId;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.parent.message.Report;

class KnownStatesTest {
    private static final HostId HOST = new HostId(1);

    private final KnownStates states = new KnownStates();

    @Test
    void theLastWordOnEachThingIsHandedOn() {
        states.take(new Report.HostChanged(HOST, HostState.DOWN));
        states.take(new Report.HostChanged(HOST, HostState.UP));
        states.take(new Report.HostChanged(new HostId(2), HostState.UP));
        states.take(new Report.HostSwitched(new HostId(2), false));
        states.take(new Report.TableSwitched(new TableId(3), true));
        states.take(new Report.RedirectSwitched(new RedirectId(4), false));
        states.take(new Report.VerbositySwitched(true));
        states.demoted("carp", 1);
        states.demoted("carp", 1);
        states.demoted("carp", -1);
        assertEquals(new Handover(Map.of(HOST, HostState.UP), Set.of(new HostId(2)), Map.of(new TableId(3), true),
                Map.of(new RedirectId(4), false), Map.of("carp", 1), Optional.of(true)), states.handover());
    }

    @Test
    void whatIsUnknownIsNotHandedOn() {
        states.take(new Report.HostChanged(HOST, HostState.UP));
        states.take(new Report.HostChanged(HOST, HostState.UNKNOWN));
        states.take(new Report.HostSwitched(HOST, false));
        states.take(new Report.HostSwitched(HOST, true));
        states.demoted("carp", 1);
        states.demoted("carp", -1);
        assertTrue(states.handover().isNothing());
    }

    @Test
    void whatWasSaidBeforeItsPlanWasCommittedStays() {
        states.take(new Report.HostChanged(HOST, HostState.UP));
        states.take(new Report.Committed(1));
        assertEquals(Map.of(HOST, HostState.UP), states.handover().hosts());
    }

    @Test
    void aSuccessorThatDiesBeforeItHasSaidAllLeavesWhatItWasGiven() {
        states.take(new Report.Committed(1));
        states.take(new Report.HostChanged(HOST, HostState.UP));
        states.take(new Report.Committed(1));
        assertEquals(Map.of(HOST, HostState.UP), states.handover().hosts());
    }

    @Test
    void numbersOfAnotherPlanMeanNothing() {
        states.take(new Report.Committed(1));
        states.take(new Report.HostChanged(HOST, HostState.UP));
        states.take(new Report.VerbositySwitched(true));
        states.demoted("carp", 1);
        states.demoted("gone", 1);
        states.take(new Report.Committed(2));
        states.demotable(Set.of("carp"));
        assertEquals(new Handover(Map.of(), Set.of(), Map.of(), Map.of(), Map.of("carp", 1), Optional.of(true)),
                states.handover());
    }
}
