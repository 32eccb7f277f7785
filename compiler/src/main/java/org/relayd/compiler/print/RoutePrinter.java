package org.relayd.compiler.print;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.image.MultipathRoute;
import org.relayd.ir.plan.RoutePlan;

/** Routes as {@code ip -batch -} of Linux takes them, one on each line; the daemon makes the same over netlink. */
public final class RoutePrinter {
    private RoutePrinter() {}

    /**
     * Prints the routes of all routers that are not disabled, after one comment for each route label.
     *
     * @param up
     *            tells whether a gateway is up
     */
    public static String print(RoutePlan plan, Predicate<HostId> up) {
        StringBuilder text = new StringBuilder();
        MultipathRoute.protocols(plan.image()).forEach((label, protocol) -> text.append("# rtlabel ").append(label)
                .append(" = proto ").append(protocol).append('\n'));
        Set<RouterId> enabled = plan.routers().stream().filter(router -> !router.disabled()).map(Router::id)
                .collect(Collectors.toSet());
        Set<HostId> unchecked = plan.routers().stream().flatMap(router -> router.gateways().stream())
                .filter(table -> table.disabled())
                .flatMap(table -> table.hosts().stream()).map(host -> host.id()).collect(Collectors.toSet());
        List<MultipathRoute> routes = MultipathRoute.of(plan.image(), enabled::contains,
                host -> !unchecked.contains(host) && up.test(host));
        routes.forEach(route -> text.append(line(route)).append('\n'));
        return text.toString();
    }

    private static String line(MultipathRoute route) {
        MultipathRoute.Key key = route.key();
        return "route replace " + key.destination() + " table " + key.table() + " proto " + route.protocol()
                + " metric " + key.metric() + " " + hops(route.gateways());
    }

    private static String hops(List<IpAddress> gateways) {
        return gateways.size() == 1 ? via(gateways.getFirst())
                : gateways.stream().map(gateway -> "nexthop " + via(gateway)).collect(Collectors.joining(" "));
    }

    private static String via(IpAddress gateway) {
        String scope = gateway.scope();
        String text = gateway.toString();
        return scope.isEmpty() ? "via " + text
                : "via " + text.substring(0, text.length() - scope.length() - 1) + " dev " + device(scope);
    }

    /** A checked address has the number of its interface as scope, for which ip(8) has this word. */
    private static String device(String scope) {
        return scope.matches("[0-9]+") ? "if" + scope : scope;
    }
}
