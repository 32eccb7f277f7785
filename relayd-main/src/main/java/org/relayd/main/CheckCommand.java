package org.relayd.main;

import org.relayd.compiler.Compilation;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.main.options.DiagnosticOutput;
import org.relayd.main.options.RelaydOptions;

/** {@code relayd -n}: checks a configuration. Loads no class of the runtime. */
final class CheckCommand {
    private CheckCommand() {}

    static int run(RelaydOptions options) {
        try {
            Compilation compilation = RelaydCompiler.compile(options.file(), options.compilerOptions(),
                    Environments.open(options.environment()));
            DiagnosticOutput output = new DiagnosticOutput(options.diagnostics(), options.warningsAreErrors(),
                    options.verbosity());
            if (!output.report(compilation.diagnostics()) || !compilation.isAccepted()) {
                return 1;
            }
            System.err.println("configuration OK");
            return 0;
        } catch (UsageException fault) {
            System.err.println("relayd: " + fault.getMessage());
            return 1;
        }
    }
}
