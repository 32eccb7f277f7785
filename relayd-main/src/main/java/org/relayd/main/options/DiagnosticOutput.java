package org.relayd.main.options;

import java.util.List;
import org.relayd.compiler.report.DiagnosticPrinter;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.compiler.report.Silencer;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;

/**
 * Where diagnostics go: standard error, in the style that the user chose.
 *
 * @param style
 *            how they look
 * @param warningsAreErrors
 *            whether a warning refuses the configuration
 * @param verbosity
 *            how often {@code -v} was given: with it, OpenBSD names macros that are not used
 */
public record DiagnosticOutput(DiagnosticStyle style, boolean warningsAreErrors, int verbosity) {

    /**
     * Writes diagnostics.
     *
     * @return whether the configuration may be used
     */
    public boolean report(List<Diagnostic> diagnostics) {
        List<Diagnostic> shown = Silencer.filter(diagnostics);
        System.err.print(DiagnosticPrinter.print(shown, style, colour()));
        if (verbosity > 0 && style == DiagnosticStyle.CLASSIC) {
            shown.stream().filter(each -> each.code() == AdviceCode.UNUSED_MACRO)
                    .forEach(each -> System.err.println("warning: " + each.message()));
        }
        System.err.flush();
        boolean refused = !accepts(diagnostics);
        if (refused && shown.stream().noneMatch(Diagnostic::isError) && style == DiagnosticStyle.HUMAN) {
            System.err.println("warnings are errors: -W error");
        }
        return !refused;
    }

    /** Returns whether the configuration may be used, without writing anything. */
    public boolean accepts(List<Diagnostic> diagnostics) {
        return Silencer.filter(diagnostics).stream()
                .noneMatch(d -> d.isError() || (warningsAreErrors && isWarning(d)));
    }

    /** Returns what {@link #report} writes as lines without colours, for somebody else's standard error. */
    public List<String> lines(List<Diagnostic> diagnostics) {
        return DiagnosticPrinter.print(Silencer.filter(diagnostics), style, false).lines().toList();
    }

    private static boolean isWarning(Diagnostic diagnostic) {
        return switch (diagnostic.code().severity()) {
            case ERROR, WARNING -> true;
            case NOTE, HINT -> false;
        };
    }

    // JDK 25 has no console again unless both standard streams are a terminal, whatever the check believes.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean colour() {
        return System.getenv().getOrDefault("NO_COLOR", "").isEmpty() && System.console() != null
                && System.console().isTerminal();
    }
}
