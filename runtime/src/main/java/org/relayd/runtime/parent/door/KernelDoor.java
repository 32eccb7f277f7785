package org.relayd.runtime.parent.door;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.RouteOperation;

/**
 * The kernel, as the worker may ask it: what an operation names must be of the plan that was opened last, and nothing
 * can be asked of what is not open. Lives as long as the daemon, since the kernel keeps what a worker that died has
 * asked for. One thread carries out; plans come on any.
 */
final class KernelDoor {
    private static final Optional<Reply> DONE = Optional.of(new Reply.Done());

    private final Kernel kernel;
    private final KnownStates states;
    /** Those that can still be opened, by their numbers: the executed one, the one before it, the one under way. */
    private final TreeMap<Integer, KernelPermits> plans = new TreeMap<>();
    private final Set<String> leftBehind = new HashSet<>();
    /** Where something of ours may be left, whoever has asked for it; of the thread that carries out. */
    private final Set<Part> touched = EnumSet.noneOf(Part.class);
    private Optional<KernelPermits> filter = Optional.empty();
    private Optional<KernelPermits> routes = Optional.empty();
    private Set<String> groups = Set.of();

    /** A part of the kernel, in the order in which they are left. */
    private enum Part {
        FILTER, ROUTES, DEMOTION, FOOTPRINT
    }

    KernelDoor(Kernel kernel, KnownStates states) {
        this.kernel = kernel;
        this.states = states;
    }

    /** A worker begins with a plan: what the one before it had open has to be opened again. */
    synchronized void begin(int number, KernelPermits plan) {
        plans.clear();
        plans.put(number, plan);
        filter = Optional.empty();
        routes = Optional.empty();
        groups = Set.of();
    }

    /** A plan can be opened from now on. */
    synchronized void offered(int number, KernelPermits plan) {
        plans.put(number, plan);
    }

    /**
     * A plan is executed now. The one before it can still be opened, because the worker may say that it executes a plan
     * before its packet filter does.
     */
    synchronized void committed(int number) {
        Optional.ofNullable(plans.lowerKey(number)).ifPresent(before -> plans.headMap(before).clear());
    }

    /** A plan will not be executed. */
    synchronized void abandoned(int number) {
        plans.remove(number);
    }

    /**
     * Carries out a request. Blocks.
     *
     * @return empty if it may not be asked for
     * @throws KernelException
     *             if the kernel refuses
     */
    Optional<Reply> carry(Request.OfKernel request) throws KernelException {
        return switch (request) {
            case Request.OfFilter filters -> filter(filters);
            case Request.OfRoutes ways -> route(ways);
            case Request.OfDemotion demotions -> demote(demotions);
            case Request.OfFootprint footprints -> footprint(footprints);
        };
    }

    private Optional<Reply> filter(Request.OfFilter request) throws KernelException {
        return switch (request) {
            case Request.OpenFilter(int number, boolean empty) -> openFilter(plan(number, empty));
            case Request.ApplyFilter(List<FilterOperation> round)
                    -> filter().filter(open -> round.stream().allMatch(open::allow)).isPresent()
                            ? Optional.of(new Reply.Changes(kernel.filter().apply(round)))
                            : Optional.empty();
            case Request.CountConnections() -> filter().isPresent()
                    ? Optional.of(new Reply.Counts(kernel.filter().connections()))
                    : Optional.empty();
            case Request.RebalanceFilter() -> done(filter().isPresent(), kernel.filter()::rebalance);
            case Request.CloseFilter() -> {
                filter(Optional.empty());
                yield left(Part.FILTER);
            }
        };
    }

    private Optional<Reply> route(Request.OfRoutes request) throws KernelException {
        return switch (request) {
            case Request.OpenRoutes(int number, boolean empty) -> openRoutes(plan(number, empty));
            case Request.ApplyRoutes(List<RouteOperation> round)
                    -> done(routes().filter(open -> round.stream().allMatch(open::allow)).isPresent(),
                            () -> kernel.routes().apply(round));
            case Request.RepairRoutes() -> routes().isPresent()
                    ? Optional.of(new Reply.Missing(kernel.routes().repair()))
                    : Optional.empty();
            case Request.CloseRoutes() -> {
                routes(Optional.empty());
                yield left(Part.ROUTES);
            }
        };
    }

    private interface Act {
        void run() throws KernelException;
    }

    private static Optional<Reply> done(boolean permitted, Act act) throws KernelException {
        if (!permitted) {
            return Optional.empty();
        }
        act.run();
        return DONE;
    }

    private Optional<Reply> left(Part part) throws KernelException {
        leave(part);
        return DONE;
    }

    private void leave(Part part) throws KernelException {
        switch (part) {
            case FILTER -> kernel.filter().close();
            case ROUTES -> kernel.routes().close();
            case DEMOTION -> kernel.demotion().close();
            case FOOTPRINT -> kernel.footprint().clear();
        }
        touched.remove(part);
    }

    /** Leaves all parts that the worker has not left itself; of a part that was never touched nothing is asked. */
    void clean(Log log) {
        for (Part part : EnumSet.copyOf(touched)) {
            try {
                leave(part);
            } catch (KernelException refused) {
                log.warn(refused.getMessage());
            }
        }
    }

    private synchronized Optional<KernelPermits> plan(int number, boolean empty) {
        return Optional.ofNullable(plans.get(number)).map(plan -> empty ? plan.empty() : plan);
    }

    private synchronized Optional<KernelPermits> filter() {
        return filter;
    }

    private synchronized void filter(Optional<KernelPermits> open) {
        filter = open;
    }

    private synchronized Optional<KernelPermits> routes() {
        return routes;
    }

    private synchronized void routes(Optional<KernelPermits> open) {
        routes = open;
    }

    /** What cannot be opened is not known to be open any more, whatever was before. */
    private Optional<Reply> openFilter(Optional<KernelPermits> plan) throws KernelException {
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        filter(Optional.empty());
        touched.add(Part.FILTER);
        kernel.filter().open(plan.get().image());
        filter(plan);
        return DONE;
    }

    private Optional<Reply> openRoutes(Optional<KernelPermits> plan) throws KernelException {
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        routes(Optional.empty());
        touched.add(Part.ROUTES);
        kernel.routes().open(plan.get().routes());
        routes(plan);
        return DONE;
    }

    private Optional<Reply> demote(Request.OfDemotion request) throws KernelException {
        return switch (request) {
            case Request.OpenDemotion(Set<String> wanted) -> done(demotable().containsAll(wanted), () -> {
                touched.add(Part.DEMOTION);
                kernel.demotion().open(wanted);
                groups(wanted);
                states.demotable(wanted);
            });
            case Request.ChangeDemotion(String group, int delta) -> done(mayChange(group, delta), () -> {
                kernel.demotion().change(group, delta);
                states.demoted(group, delta);
            });
            case Request.RepairDemotion() -> done(!groups().isEmpty(), kernel.demotion()::repair);
            case Request.CloseDemotion() -> {
                groups(Set.of());
                states.demotable(Set.of());
                yield left(Part.DEMOTION);
            }
        };
    }

    /** A group is demoted once for each table that names it, and not more. */
    private synchronized boolean mayChange(String group, int delta) {
        int now = states.handover().demoted().getOrDefault(group, 0);
        int most = plans.values().stream().mapToInt(plan -> plan.demotions().getOrDefault(group, 0)).max().orElse(0);
        return groups.contains(group) && (delta == 1 ? now < most : delta == -1 && now > 0);
    }

    private synchronized Set<String> groups() {
        return groups;
    }

    private synchronized void groups(Set<String> open) {
        groups = open;
    }

    private synchronized Set<String> demotable() {
        Set<String> all = new HashSet<>(leftBehind);
        plans.values().forEach(plan -> all.addAll(plan.demotions().keySet()));
        return all;
    }

    private synchronized void leftBehind(Set<String> found) {
        leftBehind.addAll(found);
    }

    private Optional<Reply> footprint(Request.OfFootprint request) throws KernelException {
        return switch (request) {
            case Request.FindFootprint() -> {
                Optional<Set<String>> left = kernel.footprint().left();
                left.ifPresent(this::leftBehind);
                yield Optional.of(left.<Reply>map(Reply.Groups::new).orElseGet(Reply.Nothing::new));
            }
            case Request.SetFootprint(Set<String> wanted, int number, boolean empty) -> {
                Optional<KernelPermits> plan = plan(number, empty);
                yield done(plan.isPresent() && demotable().containsAll(wanted),
                        () -> {
                            touched.add(Part.FOOTPRINT);
                            kernel.footprint().set(wanted, plan.orElseThrow().routes());
                        });
            }
            case Request.ClearFootprint() -> left(Part.FOOTPRINT);
        };
    }
}
