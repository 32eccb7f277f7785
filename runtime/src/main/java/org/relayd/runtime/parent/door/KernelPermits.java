package org.relayd.runtime.parent.door;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.image.RouterImage;
import org.relayd.ir.plan.Plan;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.RouteOperation;

/**
 * What the kernel may be asked for when a plan is open in it.
 *
 * @param image
 *            what the packet filter is opened with
 * @param routes
 *            what the routing table is opened with
 * @param redirects
 *            hosts of each redirection, those of its backup table too
 * @param routers
 *            destinations and gateways of each router
 * @param demotions
 *            by how much each group can be demoted: once for each table that names it
 */
record KernelPermits(KernelImage image, RouteImage routes, Map<RedirectId, Set<HostId>> redirects,
        Map<RouterId, Ways> routers, Map<String, Integer> demotions) {

    /** What a router can do. */
    record Ways(Set<RouteId> routes, Set<HostId> gateways) {}

    /** Makes those of a plan. */
    static KernelPermits of(Plan plan) {
        Map<String, Integer> demotions = new HashMap<>();
        plan.health().tables()
                .forEach(table -> table.demoteGroup().ifPresent(group -> demotions.merge(group, 1, Integer::sum)));
        return new KernelPermits(plan.kernel().image(), plan.routes().image(),
                plan.redirects().redirects().stream()
                        .collect(Collectors.toUnmodifiableMap(Redirect::id, KernelPermits::hosts)),
                plan.routes().image().routers().stream()
                        .collect(Collectors.toUnmodifiableMap(RouterImage::id, KernelPermits::ways)),
                Map.copyOf(demotions));
    }

    /** Returns those of no plan. */
    static KernelPermits nothing() {
        return new KernelPermits(new KernelImage.Unheeded(List.of()), RouteImage.nothing(), Map.of(), Map.of(),
                Map.of());
    }

    private static Set<HostId> hosts(Redirect redirect) {
        return set(Stream.concat(Stream.of(redirect.table()), redirect.backup().stream())
                .flatMap(table -> table.hosts().stream()).toList(), host -> host.id());
    }

    private static Ways ways(RouterImage router) {
        return new Ways(set(router.destinations(), RouterImage.Destination::id),
                set(router.gateways(), RouterImage.Gateway::id));
    }

    private static <T, R> Set<R> set(List<T> all, Function<T, R> part) {
        return all.stream().map(part).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns those of the same packet filter and routing table with nothing in them. */
    KernelPermits empty() {
        return new KernelPermits(image.empty(), RouteImage.nothing(), Map.of(), Map.of(), demotions);
    }

    /** Returns whether an operation is about what is open. */
    boolean allow(FilterOperation operation) {
        Set<HostId> hosts = redirects.getOrDefault(operation.redirect(), Set.of());
        return redirects.containsKey(operation.redirect()) && switch (operation) {
            case FilterOperation.SetHosts(RedirectId _, List<HostId> some)
                    -> !some.isEmpty() && hosts.containsAll(some);
            case FilterOperation.ForgetClients(RedirectId _, HostId host) -> hosts.contains(host);
            case FilterOperation.FlushHosts _,FilterOperation.LoadRules _,FilterOperation.RemoveRules _ -> true;
        };
    }

    /** Returns whether an operation is about what is open. */
    boolean allow(RouteOperation operation) {
        return switch (operation) {
            case RouteOperation.Add(RouterId router, RouteId route, HostId gateway) -> has(router, route, gateway);
            case RouteOperation.Delete(RouterId router, RouteId route, HostId gateway) -> has(router, route, gateway);
        };
    }

    private boolean has(RouterId router, RouteId route, HostId gateway) {
        Ways ways = routers.getOrDefault(router, new Ways(Set.of(), Set.of()));
        return ways.routes.contains(route) && ways.gateways.contains(gateway);
    }
}
