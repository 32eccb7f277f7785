package org.relayd.compiler.lower;

import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.plan.Plan;

/** Puts the slices of the roles together. Stage 6. */
public final class PlanAssembler {
    private PlanAssembler() {}

    /**
     * Lowers a configuration to what the runtime executes.
     *
     * @param routingDomain
     *            routing domain that the daemon runs in
     */
    public static Plan assemble(CheckedConfig config, int routingDomain) {
        return new Plan(config.dialect(), config.globals(), HealthLowering.lower(config),
                new PfLowering(routingDomain).lower(config), RouteLowering.lower(config),
                RelayLowering.lower(config));
    }
}
