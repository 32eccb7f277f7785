package org.relayd.main.plans;

import java.util.List;
import java.util.Optional;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.environment.Environment;
import org.relayd.ir.plan.Plan;
import org.relayd.main.options.RelaydOptions;

/** Compiles configurations in this process, for this machine. */
public final class LocalPlans implements PlanSource {
    private final PlanCompiler compiler;
    private final Environment environment;
    private int made;

    /**
     * Takes a machine.
     *
     * @param compiler
     *            knows the command line
     * @param environment
     *            this machine
     */
    public LocalPlans(PlanCompiler compiler, Environment environment) {
        this.compiler = compiler;
        this.environment = environment;
    }

    @Override
    public RelaydOptions options() {
        return compiler.options();
    }

    /** Writes the diagnostics to standard error. */
    @Override
    public LoadedPlan first() throws StartException {
        Compilation compilation = compiler.compile(options().file(), environment);
        boolean accepted = compiler.output().report(compilation.diagnostics());
        return supported(accepted ? compilation : refused(List.of()));
    }

    @Override
    public LoadedPlan again(Optional<String> file) throws StartException {
        Compilation compilation = compiler.compile(file.orElseGet(options()::file), environment);
        boolean accepted = compiler.output().accepts(compilation.diagnostics());
        return supported(accepted ? compilation : refused(compiler.output().lines(compilation.diagnostics())));
    }

    private static Compilation refused(List<String> lines) throws StartException {
        throw new StartException(lines);
    }

    private LoadedPlan supported(Compilation compilation) throws StartException {
        Plan plan = compiler.plan(compilation);
        NotSupported.refuse(plan);
        made++;
        return new LoadedPlan(made, plan, compilation.config().orElseThrow());
    }

    @Override
    public void committed(LoadedPlan plan) {
        // Nobody else has to know.
    }

    @Override
    public void abandoned(LoadedPlan plan) {
        // Nobody else has to know.
    }
}
