package org.relayd.main.daemon;

import java.util.List;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.environment.Environment;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.options.DiagnosticOutput;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.options.RelaydOptions.BackendOption;
import org.relayd.runtime.SocketKind;

/**
 * Compiles configurations for this machine.
 *
 * @param options
 *            what the command line says
 * @param environment
 *            this machine
 * @param system
 *            the system that it runs
 */
record ConfigLoader(RelaydOptions options, Environment environment, OperatingSystem system) {

    /**
     * Compiles the file of the command line and writes its diagnostics to standard error. Blocks on files and DNS.
     *
     * @throws StartException
     *             if it has errors (no further lines), or asks for what is not supported yet
     */
    LoadedPlan loadFirst() throws StartException {
        Compilation compilation = compile(options.file());
        boolean accepted = output().report(compilation.diagnostics());
        return supported(accepted ? compilation : refused(List.of()));
    }

    /**
     * Compiles a file while the daemon runs. Blocks on files and DNS.
     *
     * @throws StartException
     *             if it has errors, with the diagnostics as lines, or asks for what is not supported yet
     */
    LoadedPlan loadAgain(String file) throws StartException {
        Compilation compilation = compile(file);
        boolean accepted = output().accepts(compilation.diagnostics());
        return supported(accepted ? compilation : refused(output().lines(compilation.diagnostics())));
    }

    /**
     * Returns the sockets that this machine has. To be asked after compiling: meanwhile
     * {@link org.relayd.runtime.relay.HeadStart} readies the answer.
     */
    SocketKind sockets() {
        return SocketKind.ofThisMachine();
    }

    private Compilation compile(String file) {
        return RelaydCompiler.compile(file, options.compilerOptions(), environment);
    }

    private DiagnosticOutput output() {
        return new DiagnosticOutput(options.diagnostics(), options.warningsAreErrors(), options.verbosity());
    }

    private static Compilation refused(List<String> lines) throws StartException {
        throw new StartException(lines);
    }

    private LoadedPlan supported(Compilation compilation) throws StartException {
        Plan plan = compilation.plan(BackendOption.on(system, options.backend()))
                .orElseThrow(() -> new StartException(List.of()));
        List<String> missing = NotSupported.in(plan, sockets());
        if (!missing.isEmpty()) {
            throw new StartException(missing);
        }
        return new LoadedPlan(plan, compilation.config().orElseThrow());
    }
}
