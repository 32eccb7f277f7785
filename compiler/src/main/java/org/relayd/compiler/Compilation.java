package org.relayd.compiler;

import java.util.List;
import java.util.Optional;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.compiler.lower.PlanAssembler;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.plan.Plan;

/**
 * What compiling a configuration gives.
 *
 * @param config
 *            what the configuration means; empty if there were errors
 * @param routingDomain
 *            routing domain that the daemon runs in
 * @param diagnostics
 *            errors and warnings in reading order, those about the configuration as a whole last
 */
public record Compilation(Optional<CheckedConfig> config, int routingDomain, List<Diagnostic> diagnostics) {

    /** Copies the list. */
    public Compilation {
        diagnostics = List.copyOf(diagnostics);
    }

    /** Returns whether the configuration is accepted. */
    public boolean isAccepted() {
        return config.isPresent();
    }

    /**
     * Returns what the runtime executes; empty if there were errors. Who only checks a configuration need not ask.
     *
     * @param backEnd
     *            what is to carry out redirections and routes
     */
    public Optional<Plan> plan(BackEnd backEnd) {
        return config.map(accepted -> PlanAssembler.assemble(accepted, routingDomain, backEnd));
    }
}
