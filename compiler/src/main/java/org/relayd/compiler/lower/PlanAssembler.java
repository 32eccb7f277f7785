package org.relayd.compiler.lower;

import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RedirectPlan;

/** Puts the slices of the roles together. Stage 6. */
public final class PlanAssembler {
    private PlanAssembler() {}

    /**
     * Lowers a configuration to what the runtime executes.
     *
     * @param routingDomain
     *            routing domain that the daemon runs in
     * @param backEnd
     *            what carries out redirections, routes and demotion
     */
    public static Plan assemble(CheckedConfig config, int routingDomain, BackEnd backEnd) {
        PfPlan filter = new PfLowering(routingDomain).lower(config);
        KernelDemand demand = new KernelDemand(filter, RouteLowering.lower(config), HealthLowering.lower(config),
                RelayLowering.lower(config));
        return new Plan(config.dialect(), config.globals(), demand.health(),
                new RedirectPlan(config.redirects(), filter.diverts()), demand.routes(), demand.relays(),
                backEnd.lower(demand));
    }
}
