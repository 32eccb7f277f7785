package org.relayd.runtime.pfe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.config.Table;
import org.relayd.ir.plan.RoutePlan;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.Log;
import org.relayd.runtime.platform.RouteOperation;

/**
 * Keeps the routes in step with the gateways: one operation for each destination of each gateway that came up, went
 * down or was disabled. Gateways that are not checked are used as they are, like the hosts of a relay. A gateway that
 * is down at its first check is deleted too, in case that a predecessor left its route.
 */
final class RouteSync {

    private record Gateway(RouterId router, HostId host) {}

    private RoutePlan plan = RoutePlan.nothing();
    private final KnownHosts hosts;
    private final Log log;
    private final Map<Gateway, HostState> told = new HashMap<>();
    /** Whether gateways that are not known to be up may have routes that another process has asked for. */
    private boolean inherited;

    RouteSync(KnownHosts hosts, Log log) {
        this.hosts = hosts;
        this.log = log;
    }

    /** Takes over a plan. */
    void take(RoutePlan next) {
        plan = next;
        told.clear();
    }

    /** The routing table may have routes already: also those are deleted whose gateways are not known to be up. */
    void inherit() {
        inherited = true;
    }

    /**
     * Returns what the routing table must do, in order of routers, gateways and destinations. The caller does it or
     * says {@link #lost}.
     */
    List<RouteOperation> operations() {
        List<RouteOperation> operations = new ArrayList<>();
        for (Router router : plan.routers()) {
            if (!router.disabled()) {
                router.gateways().ifPresent(table -> table.hosts()
                        .forEach(host -> add(operations, router, host, state(table, host))));
            }
        }
        return operations;
    }

    /** Tells that the routing table has none of our routes. */
    void lost() {
        told.clear();
    }

    private HostState state(Table table, Host host) {
        return table.check().isEmpty() && !table.disabled() ? HostState.UP : hosts.of(host.id());
    }

    private void add(List<RouteOperation> operations, Router router, Host host, HostState now) {
        Gateway gateway = new Gateway(router.id(), host.id());
        HostState before = told.getOrDefault(gateway,
                inherited && now != HostState.UP ? HostState.UP : HostState.UNKNOWN);
        told.put(gateway, now);
        boolean begins = now == HostState.UP && before != HostState.UP;
        boolean ends = before == HostState.UP ? now != HostState.UP
                : before == HostState.UNKNOWN && now == HostState.DOWN;
        if (!begins && !ends) {
            return;
        }
        for (Router.Route route : router.routes()) {
            log.debug(() -> "sync_routes: router " + router.name() + " route " + route.destination() + " gateway "
                    + host.name() + (begins ? " up" : " down") + " priority " + host.priority().orElse(0));
            operations.add(begins ? new RouteOperation.Add(router.id(), route.id(), host.id())
                    : new RouteOperation.Delete(router.id(), route.id(), host.id()));
        }
    }
}
