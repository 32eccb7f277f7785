package org.relayd.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Router;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.TargetCode;
import org.relayd.ir.image.MultipathRoute;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.image.RouterImage;
import org.relayd.ir.plan.RoutePlan;

/** Routers as routes. relayd.conf(5): ROUTERS. */
public final class RouteLowering {
    private RouteLowering() {}

    /** Lowers all routers, in order of their ids. Disabled ones are lowered too. */
    public static RoutePlan lower(CheckedConfig config) {
        return new RoutePlan(config.routers(),
                new RouteImage(config.routers().stream().map(RouteLowering::image).toList()));
    }

    private static RouterImage image(Router router) {
        return new RouterImage(router.id(), router.name(), router.disabled(), router.rtable(), router.label(),
                router.family(),
                router.routes().stream().map(route -> new RouterImage.Destination(route.id(), route.destination()))
                        .toList(),
                router.gateways().stream().flatMap(table -> table.hosts().stream())
                        .map(host -> new RouterImage.Gateway(host.id(), host.name(), host.address(), host.priority()))
                        .toList());
    }

    /** Returns what kernels do not do with these routes: warnings only. */
    public static List<Diagnostic> warnings(RouteImage routes) {
        List<Diagnostic> warnings = new ArrayList<>();
        for (RouterImage router : routes.routers()) {
            for (RouterImage.Gateway gateway : router.gateways()) {
                if (gateway.address().family() != router.family()) {
                    warnings.add(Diagnostic.global(TargetCode.ROUTE_DIFFERS, "router " + router.name() + ": gateway "
                            + gateway.name() + " is not an " + router.family().word() + " address and gets no routes"));
                }
            }
        }
        if (MultipathRoute.protocols(routes).size() > MultipathRoute.MOST_LABELS) {
            warnings.add(Diagnostic.global(TargetCode.ROUTE_DIFFERS, "more than " + MultipathRoute.MOST_LABELS
                    + " route labels: on Linux the further ones do not show in the routing table"));
        }
        return warnings;
    }
}
