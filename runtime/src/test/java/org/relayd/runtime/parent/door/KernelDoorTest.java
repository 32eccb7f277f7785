package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.RouteImage;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.CarpDemotion;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.Footprint;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.PacketFilter;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.platform.RouteTable;
import org.relayd.runtime.platform.TableChange;

class KernelDoorTest {
    private static final Optional<Reply> DONE = Optional.of(new Reply.Done());
    private static final Optional<Reply> NOT_PERMITTED = Optional.empty();

    private final List<String> calls = new ArrayList<>();
    private final KnownStates states = new KnownStates();
    private boolean failing;
    private Optional<Set<String>> left = Optional.empty();
    private final KernelDoor door = new KernelDoor(new Kernel(new Filter(), new Routes(), new Demotion(), new Print()),
            states);

    private void call(String what) throws KernelException {
        calls.add(what);
        if (failing) {
            throw new KernelException("cannot " + what);
        }
    }

    private final class Filter implements PacketFilter {
        @Override
        public void open(KernelImage image) throws KernelException {
            call(image.equals(image.empty()) ? "filter open empty" : "filter open");
        }

        @Override
        public List<TableChange> apply(List<FilterOperation> round) throws KernelException {
            call("filter apply " + round.size());
            return List.of();
        }

        @Override
        public Map<RedirectId, Long> connections() throws KernelException {
            call("filter count");
            return Map.of();
        }

        @Override
        public void rebalance() throws KernelException {
            call("filter rebalance");
        }

        @Override
        public void close() throws KernelException {
            call("filter close");
        }
    }

    private final class Routes implements RouteTable {
        @Override
        public void open(RouteImage image) throws KernelException {
            call("routes open " + image.routers().size());
        }

        @Override
        public void apply(List<RouteOperation> round) throws KernelException {
            call("routes apply " + round.size());
        }

        @Override
        public int repair() throws KernelException {
            call("routes repair");
            return 3;
        }

        @Override
        public void close() throws KernelException {
            call("routes close");
        }
    }

    private final class Demotion implements CarpDemotion {
        @Override
        public void open(Set<String> groups) throws KernelException {
            call("demotion open " + groups);
        }

        @Override
        public void change(String group, int delta) throws KernelException {
            call("demotion " + group + " " + delta);
        }

        @Override
        public void repair() throws KernelException {
            call("demotion repair");
        }

        @Override
        public void close() throws KernelException {
            call("demotion close");
        }
    }

    private final class Print implements Footprint {
        @Override
        public Optional<Set<String>> left() {
            return left;
        }

        @Override
        public void set(Set<String> groups, RouteImage routes) throws KernelException {
            call("footprint " + groups + " " + routes.routers().size());
        }

        @Override
        public void clear() throws KernelException {
            call("footprint clear");
        }
    }

    private static KernelPermits plan() {
        return KernelPermits.of(new DoorPlans("/dev/null").build());
    }

    @BeforeEach
    void begin() {
        door.begin(1, plan());
    }

    private static Request.ApplyFilter filter(FilterOperation... round) {
        return new Request.ApplyFilter(List.of(round));
    }

    private void refused(Request.OfKernel... requests) throws KernelException {
        List<String> before = List.copyOf(calls);
        for (Request.OfKernel request : requests) {
            assertEquals(NOT_PERMITTED, door.carry(request), request::toString);
        }
        assertEquals(before, calls);
    }

    @Test
    void operationsNameWhatIsOpen() throws KernelException {
        FilterOperation load = new FilterOperation.LoadRules(DoorPlans.REDIRECT);
        refused(filter(load), new Request.CountConnections(), new Request.RebalanceFilter(),
                new Request.OpenFilter(2, false));
        assertEquals(DONE, door.carry(new Request.OpenFilter(1, false)));
        assertEquals(Optional.of(new Reply.Changes(List.of())), door.carry(filter(
                new FilterOperation.SetHosts(DoorPlans.REDIRECT, List.of(DoorPlans.PINGED, DoorPlans.SPARE)), load,
                new FilterOperation.ForgetClients(DoorPlans.REDIRECT, DoorPlans.SPARE),
                new FilterOperation.FlushHosts(DoorPlans.REDIRECT),
                new FilterOperation.RemoveRules(DoorPlans.REDIRECT))));
        RedirectId other = new RedirectId(7);
        refused(filter(load, new FilterOperation.LoadRules(other)), filter(new FilterOperation.FlushHosts(other)),
                filter(new FilterOperation.SetHosts(DoorPlans.REDIRECT, List.of(DoorPlans.SCRIPTED))),
                filter(new FilterOperation.SetHosts(DoorPlans.REDIRECT, List.of())),
                filter(new FilterOperation.ForgetClients(DoorPlans.REDIRECT, new HostId(99))));
        assertEquals(Optional.of(new Reply.Counts(Map.of())), door.carry(new Request.CountConnections()));
        assertEquals(DONE, door.carry(new Request.CloseFilter()));
        refused(filter(load), new Request.RebalanceFilter());
        assertEquals(List.of("filter open", "filter apply 5", "filter count", "filter close"), calls);
    }

    @Test
    void whatIsOpenedEmptyHasNothing() throws KernelException {
        assertEquals(DONE, door.carry(new Request.OpenFilter(1, true)));
        refused(filter(new FilterOperation.LoadRules(DoorPlans.REDIRECT)));
        assertEquals(DONE, door.carry(new Request.OpenRoutes(1, true)));
        refused(new Request.ApplyRoutes(List.of(
                new RouteOperation.Add(DoorPlans.ROUTER, DoorPlans.ROUTE, DoorPlans.GATEWAY))));
        assertEquals(List.of("filter open empty", "routes open 0"), calls);
    }

    @Test
    void whatCannotBeOpenedIsNotOpen() throws KernelException {
        door.carry(new Request.OpenFilter(1, false));
        failing = true;
        assertThrows(KernelException.class, () -> door.carry(new Request.OpenFilter(1, false)));
        failing = false;
        refused(new Request.CountConnections());
    }

    @Test
    void routesAreThoseOfTheirRouter() throws KernelException {
        RouteOperation add = new RouteOperation.Add(DoorPlans.ROUTER, DoorPlans.ROUTE, DoorPlans.GATEWAY);
        refused(new Request.ApplyRoutes(List.of(add)), new Request.RepairRoutes(), new Request.OpenRoutes(9, false));
        door.carry(new Request.OpenRoutes(1, false));
        assertEquals(DONE, door.carry(new Request.ApplyRoutes(List.of(add,
                new RouteOperation.Delete(DoorPlans.ROUTER, DoorPlans.ROUTE, DoorPlans.GATEWAY)))));
        refused(new Request.ApplyRoutes(
                List.of(add, new RouteOperation.Add(new RouterId(2), DoorPlans.ROUTE, DoorPlans.GATEWAY))),
                new Request.ApplyRoutes(
                        List.of(new RouteOperation.Add(DoorPlans.ROUTER, new RouteId(2), DoorPlans.GATEWAY))),
                new Request.ApplyRoutes(
                        List.of(new RouteOperation.Delete(DoorPlans.ROUTER, DoorPlans.ROUTE, DoorPlans.PINGED))));
        assertEquals(Optional.of(new Reply.Missing(3)), door.carry(new Request.RepairRoutes()));
        assertEquals(DONE, door.carry(new Request.CloseRoutes()));
        refused(new Request.RepairRoutes());
    }

    @Test
    void aGroupIsDemotedOnceForEachTable() throws KernelException {
        refused(new Request.ChangeDemotion("carp", 1), new Request.OpenDemotion(Set.of("carp", "egress")),
                new Request.RepairDemotion());
        door.carry(new Request.OpenDemotion(Set.of("carp")));
        refused(new Request.ChangeDemotion("carp", -1), new Request.ChangeDemotion("carp", 2),
                new Request.ChangeDemotion("egress", 1));
        assertEquals(DONE, door.carry(new Request.ChangeDemotion("carp", 1)));
        refused(new Request.ChangeDemotion("carp", 1));
        assertEquals(Map.of("carp", 1), states.handover().demoted());
        door.begin(1, plan());
        refused(new Request.ChangeDemotion("carp", -1));
        door.carry(new Request.OpenDemotion(Set.of("carp")));
        refused(new Request.ChangeDemotion("carp", 1));
        assertEquals(DONE, door.carry(new Request.ChangeDemotion("carp", -1)));
        assertEquals(DONE, door.carry(new Request.RepairDemotion()));
        door.carry(new Request.CloseDemotion());
        refused(new Request.RepairDemotion());
    }

    @Test
    void whatOthersHaveLeftMayBeTakenBack() throws KernelException {
        assertEquals(Optional.of(new Reply.Nothing()), door.carry(new Request.FindFootprint()));
        left = Optional.of(Set.of("egress"));
        assertEquals(Optional.of(new Reply.Groups(Set.of("egress"))), door.carry(new Request.FindFootprint()));
        assertEquals(DONE, door.carry(new Request.OpenDemotion(Set.of("egress"))));
        refused(new Request.ChangeDemotion("egress", 1), new Request.OpenDemotion(Set.of("other")));
        assertEquals(DONE, door.carry(new Request.SetFootprint(Set.of("carp"), 1, false)));
        assertEquals(DONE, door.carry(new Request.SetFootprint(Set.of("carp"), 1, true)));
        refused(new Request.SetFootprint(Set.of("other"), 1, false), new Request.SetFootprint(Set.of(), 2, false));
        assertEquals(DONE, door.carry(new Request.ClearFootprint()));
        assertEquals(List.of("demotion open [egress]", "footprint [carp] 1", "footprint [carp] 0", "footprint clear"),
                calls);
    }

    @Test
    void thePlanBeforeCanBeOpenedUntilTheOneAfter() throws KernelException {
        door.offered(2, plan());
        assertEquals(DONE, door.carry(new Request.OpenFilter(1, false)));
        door.committed(2);
        assertEquals(DONE, door.carry(new Request.OpenFilter(1, false)));
        door.offered(3, plan());
        door.abandoned(3);
        refused(new Request.OpenFilter(3, false));
        door.offered(4, plan());
        door.committed(4);
        refused(new Request.OpenFilter(1, false));
        assertEquals(DONE, door.carry(new Request.OpenFilter(2, false)));
        door.begin(4, plan());
        refused(new Request.OpenFilter(2, false), filter(new FilterOperation.LoadRules(DoorPlans.REDIRECT)));
    }
}
