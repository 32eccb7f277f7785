package org.relayd.runtime.platform.bsd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.image.RouterImage;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.platform.RouteTable;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;

/**
 * Routes by the routing socket: one for each destination and gateway. The kernels do not note who made a route, so a
 * route of the plan that is there already is taken for ours, and one that a killed predecessor left and the plan does
 * not have stays. A socket lives for one round.
 */
final class BsdRoutes implements RouteTable {
    private static final int SOCK_RAW = 3;

    private final SystemCalls calls;
    private final RoutingSocket system;
    private final Map<Name, GatewayRoute> routes = new HashMap<>();
    private final Set<GatewayRoute> installed = new LinkedHashSet<>();
    private int sequence;

    /** What operations call a route. */
    private record Name(RouterId router, RouteId route, HostId gateway) {}

    BsdRoutes(SystemCalls calls, RoutingSocket system) {
        this.calls = calls;
        this.system = system;
    }

    /** Routes that the new plan has too stay until more is known. */
    @Override
    public void open(RouteImage image) throws KernelException {
        Map<Name, GatewayRoute> wanted = new LinkedHashMap<>();
        for (RouterImage router : image.routers()) {
            for (RouterImage.Gateway gateway : router.gateways()) {
                for (RouterImage.Destination destination : router.destinations()) {
                    add(wanted, router, destination, gateway);
                }
            }
        }
        routes.clear();
        routes.putAll(wanted);
        List<GatewayRoute> gone = installed.stream().filter(route -> !wanted.containsValue(route)).toList();
        all(gone.stream().map(route -> (Work) () -> delete(route)).toList());
    }

    /** A gateway of another family is no next hop. */
    private void add(Map<Name, GatewayRoute> wanted, RouterImage router, RouterImage.Destination destination,
            RouterImage.Gateway gateway) throws KernelException {
        if (gateway.address().family() != router.family()) {
            return;
        }
        GatewayRoute one = GatewayRoute.of(router, destination, gateway);
        Optional<String> obstacle = gateway.address().scope().isEmpty() ? system.obstacle(one)
                : Optional.of("not supported yet: a gateway that is valid on one interface only");
        if (obstacle.isPresent()) {
            throw new KernelException(
                    "router " + router.name() + ": gateway " + gateway.name() + ": " + obstacle.get());
        }
        wanted.put(new Name(router.id(), destination.id(), gateway.id()), one);
    }

    @Override
    public void apply(List<RouteOperation> round) throws KernelException {
        List<Work> work = new ArrayList<>();
        for (RouteOperation operation : round) {
            switch (operation) {
                case RouteOperation.Add(var router, var route, var gateway) -> find(router, route, gateway)
                        .ifPresent(one -> work.add(() -> install(one)));
                case RouteOperation.Delete(var router, var route, var gateway) -> find(router, route, gateway)
                        .ifPresent(one -> work.add(() -> delete(one)));
            }
        }
        all(work);
    }

    private Optional<GatewayRoute> find(RouterId router, RouteId route, HostId gateway) {
        return Optional.ofNullable(routes.get(new Name(router, route, gateway)));
    }

    /** A change of one route. */
    private interface Work {
        void run() throws KernelException;
    }

    /** Does what can be done, and complains about the first thing that could not. */
    private static void all(List<Work> work) throws KernelException {
        List<KernelException> failures = new ArrayList<>();
        for (Work one : work) {
            try {
                one.run();
            } catch (KernelException refused) {
                failures.add(refused);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /** A route that is there in another form is given this one. */
    private void install(GatewayRoute route) throws KernelException {
        try {
            if (!send("RTM_ADD", route)) {
                send("RTM_CHANGE", route);
            }
            installed.add(route);
        } catch (SystemException refused) {
            throw failure(route, refused);
        }
    }

    private void delete(GatewayRoute route) throws KernelException {
        try {
            send("RTM_DELETE", route);
            installed.remove(route);
        } catch (SystemException refused) {
            throw failure(route, refused);
        }
    }

    private static KernelException failure(GatewayRoute route, SystemException refused) {
        return new KernelException(
                "route " + route.destination() + " via " + route.gateway() + ": " + refused.getMessage(), refused);
    }

    /** Returns false if the kernel says that the route is there, or is not. */
    private boolean send(String type, GatewayRoute route) throws SystemException {
        int descriptor = calls.socket(system.abi().constant("AF_ROUTE"), SOCK_RAW, 0);
        try {
            system.prepare(calls, descriptor, route.table());
            calls.write(descriptor, system.message(type, route, ++sequence));
            return true;
        } catch (SystemException refused) {
            if (refused.errno().is(ErrorName.EEXIST) || refused.errno().is(ErrorName.ESRCH)) {
                return false;
            }
            throw refused;
        } finally {
            calls.close(descriptor);
        }
    }

    /** Adds each route again: the kernel refuses those that are there. */
    @Override
    public int repair() throws KernelException {
        int missing = 0;
        for (GatewayRoute route : installed) {
            try {
                missing += send("RTM_ADD", route) ? 1 : 0;
            } catch (SystemException refused) {
                throw failure(route, refused);
            }
        }
        return missing;
    }

    @Override
    public void close() throws KernelException {
        all(List.copyOf(installed).stream().map(route -> (Work) () -> delete(route)).toList());
    }
}
