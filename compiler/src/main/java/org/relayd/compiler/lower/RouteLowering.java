package org.relayd.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.Table;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.TargetCode;
import org.relayd.ir.plan.MultipathRoute;
import org.relayd.ir.plan.RoutePlan;

/** Routers as routes. relayd.conf(5): ROUTERS. */
public final class RouteLowering {
    private RouteLowering() {}

    /** Lowers all routers, in order of their ids. Disabled ones are lowered too. */
    public static RoutePlan lower(CheckedConfig config) {
        return new RoutePlan(config.routers());
    }

    /** Returns what kernels do not do with these routes: warnings only. */
    public static List<Diagnostic> warnings(RoutePlan plan) {
        List<Diagnostic> warnings = new ArrayList<>();
        for (Router router : plan.routers()) {
            for (Host gateway : router.gateways().map(Table::hosts).orElse(List.of())) {
                if (gateway.address().family() != router.family()) {
                    warnings.add(Diagnostic.global(TargetCode.ROUTE_DIFFERS, "router " + router.name() + ": gateway "
                            + gateway.name() + " is not an " + router.family().word() + " address and gets no routes"));
                }
            }
        }
        if (MultipathRoute.protocols(plan).size() > MultipathRoute.MOST_LABELS) {
            warnings.add(Diagnostic.global(TargetCode.ROUTE_DIFFERS, "more than " + MultipathRoute.MOST_LABELS
                    + " route labels: on Linux the further ones do not show in the routing table"));
        }
        return warnings;
    }
}
