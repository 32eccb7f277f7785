package org.relayd.main.plans;

import org.relayd.compiler.Compilation;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.environment.Environment;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.options.DiagnosticOutput;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.options.RelaydOptions.BackendOption;

/**
 * Compiles as a command line says.
 *
 * @param options
 *            the command line
 * @param system
 *            the system that plans are for
 */
public record PlanCompiler(RelaydOptions options, OperatingSystem system) {

    /** Compiles a file; whether it is accepted is for {@link #output} to say, too. */
    public Compilation compile(String file, Environment environment) {
        return RelaydCompiler.compile(file, options.compilerOptions(), environment);
    }

    /** Returns where diagnostics go. */
    public DiagnosticOutput output() {
        return new DiagnosticOutput(options.diagnostics(), options.warningsAreErrors(), options.verbosity());
    }

    /**
     * Returns the plan of a compilation that was accepted.
     *
     * @throws java.util.NoSuchElementException
     *             if it was not
     */
    public Plan plan(Compilation accepted) {
        return accepted.plan(BackendOption.on(system, options.backend())).orElseThrow();
    }
}
