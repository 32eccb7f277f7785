package org.relayd.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.print.ConfPrinter;
import org.relayd.compiler.print.ConfPrinter.Printed;
import org.relayd.compiler.source.SourceLoader;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/**
 * A configuration written anew in the current dialect, and read back to be sure: what OpenBSD would refuse, or what
 * would mean something else, is a refusal and never a file. relayd-compile(1): {@code --emit config}.
 */
public final class CanonicalConfig {
    private CanonicalConfig() {}

    /**
     * Writes a configuration; one of dialect 5.1 is translated.
     *
     * @param config
     *            what is to be written
     * @param environment
     *            the machine it was compiled for, whose names it is read back with
     */
    public static Printed print(CheckedConfig config, Environment environment) {
        Printed printed = ConfPrinter.print(config);
        if (!printed.refusals().isEmpty()) {
            return printed;
        }
        Compilation again = RelaydCompiler.compile(new SourceText("relayd.conf", printed.text(), new Origin.Main()),
                new SourceLoader(environment::read), new CompilerOptions(Optional.of(Dialect.CURRENT), List.of(),
                        ExtensionPolicy.OPT_IN),
                environment);
        List<String> refusals = again.config().map(read -> ConfigComparison.differences(config, read))
                .orElseGet(() -> errors(again.diagnostics()));
        return new Printed(printed.text(), refusals, printed.notices());
    }

    private static List<String> errors(List<Diagnostic> diagnostics) {
        List<String> errors = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.isError() && diagnostic.primary().isPresent()) {
                Span span = diagnostic.primary().get();
                String line = line(span.source().text(), span.start());
                errors.add(line.equals("}") ? diagnostic.message() : line + ": " + diagnostic.message());
            }
        }
        return errors.isEmpty() ? diagnostics.stream().filter(Diagnostic::isError).map(Diagnostic::message).toList()
                : errors;
    }

    /** Returns the line of the written file that a message is about; its number would say nothing to the user. */
    private static String line(String text, int offset) {
        int end = text.indexOf('\n', offset);
        return text.substring(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? text.length() : end).strip();
    }
}
