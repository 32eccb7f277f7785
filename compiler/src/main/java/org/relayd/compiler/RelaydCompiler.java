package org.relayd.compiler;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.build.ConfigReader;
import org.relayd.compiler.build.ParsedSource;
import org.relayd.compiler.certificate.CertificateFiles;
import org.relayd.compiler.check.ConfigChecker;
import org.relayd.compiler.check.DialectAdvice;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.lint.Lints;
import org.relayd.compiler.report.Audiences;
import org.relayd.compiler.source.MacroTable;
import org.relayd.compiler.source.ReadingOrder;
import org.relayd.compiler.source.SourceLoader;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.SourceCode;
import org.relayd.ir.source.FileReason;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;
import org.relayd.ir.term.Dialect;

/**
 * The compiler: from the name of a file to what it means, in the order of the stages. Pure but for what
 * the environment answers.
 */
public final class RelaydCompiler {
    private RelaydCompiler() {}

    /**
     * Compiles a configuration. All faults come back as diagnostics; an exception means a fault of this program.
     *
     * @param path
     *            name of the main file as the user wrote it; messages begin with it
     * @param options
     *            what the user chose beside it
     * @param environment
     *            the machine that the configuration is for; files are read from it too
     */
    public static Compilation compile(String path, CompilerOptions options, Environment environment) {
        SourceLoader loader = new SourceLoader(environment::read);
        SourceText main;
        try {
            main = loader.load(path, new Origin.Main());
        } catch (IOException failure) {
            return new Compilation(Optional.empty(), environment.routingDomain(), List.of(Diagnostic
                    .global(SourceCode.UNREADABLE_FILE, "pushfile: " + path + ": " + FileReason.of(failure))));
        }
        return compile(main, loader, options, environment);
    }

    /** Compiles a text in memory. */
    static Compilation compile(SourceText main, SourceLoader loader, CompilerOptions options,
            Environment environment) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        MacroTable macros = macros(options, diagnostics);
        ParsedSource parsed = ConfigReader.read(main, loader, macros, options.dialect());
        Dialect dialect = parsed.config().dialect(options.dialect());
        Findings findings = new Findings(parsed.diagnostics().stream().anyMatch(Diagnostic::isError),
                parsed.faultyPreamble());
        CertificateFiles certificates = new CertificateFiles(environment);
        Optional<CheckedConfig> checked = new ConfigChecker(dialect, environment, certificates,
                options.extensions(), findings)
                .check(parsed.config());
        List<Diagnostic> found = ReadingOrder.merge(ReadingOrder.merge(parsed.diagnostics(), findings.all()),
                DialectAdvice.of(parsed.config()));
        diagnostics.addAll(Audiences.assign(found, parsed.statements(),
                findings.isGivenUp() ? parsed.config().firstSection() : Optional.empty()));
        if (checked.isEmpty() || diagnostics.stream().anyMatch(Diagnostic::isError)) {
            return new Compilation(Optional.empty(), environment.routingDomain(), diagnostics);
        }
        List<Diagnostic> advice = Lints.of(parsed.config(), checked.get(), environment, certificates);
        return new Compilation(checked, environment.routingDomain(), ReadingOrder.merge(diagnostics, advice));
    }

    private static MacroTable macros(CompilerOptions options, List<Diagnostic> diagnostics) {
        MacroTable macros = new MacroTable();
        for (String argument : options.macros()) {
            if (!macros.defineArgument(argument)) {
                diagnostics.add(Diagnostic.global(AdviceCode.MACRO_ARGUMENT,
                        "could not parse macro definition " + argument).helped("write -D name=value"));
            }
        }
        return macros;
    }
}
