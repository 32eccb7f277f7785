package org.relayd.compiler;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.plan.Plan;

/**
 * What compiling a configuration gives.
 *
 * @param config
 *            what the configuration means; empty if there were errors
 * @param plan
 *            what the runtime executes; empty if there were errors
 * @param diagnostics
 *            errors and warnings in reading order, those about the configuration as a whole last
 */
public record Compilation(Optional<CheckedConfig> config, Optional<Plan> plan, List<Diagnostic> diagnostics) {

    /** Copies the list. */
    public Compilation {
        diagnostics = List.copyOf(diagnostics);
    }

    /** Returns whether the configuration is accepted. */
    public boolean isAccepted() {
        return config.isPresent();
    }
}
