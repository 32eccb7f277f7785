package org.relayd.compiler.report;

import java.util.List;
import org.relayd.ir.diagnostic.Audience;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.Severity;
import org.relayd.ir.source.Span;

/** Writes diagnostics. The first line of each is OpenBSD's where it has the message: {@code FILE:LINE: text}. */
public final class DiagnosticPrinter {
    /** After so many, more would not help. */
    private static final int MOST = 100;

    private DiagnosticPrinter() {}

    /**
     * Writes diagnostics in their order.
     *
     * @param colour
     *            whether the human style may use the colours of a terminal
     * @return lines with their ends; empty if there is nothing to say
     */
    public static String print(List<Diagnostic> diagnostics, DiagnosticStyle style, boolean colour) {
        StringBuilder out = new StringBuilder();
        HumanReport human = new HumanReport(out, colour ? Paint.ANSI : Paint.NONE);
        int printed = 0;
        for (Diagnostic diagnostic : diagnostics) {
            if (printed == MOST) {
                more(diagnostics.size() - MOST, style, out);
                break;
            }
            switch (style) {
                case HUMAN -> {
                    if (diagnostic.audience() == Audience.PROGRAMS) {
                        continue;
                    }
                    human.print(diagnostic);
                }
                case JSON -> out.append(JsonReport.line(diagnostic)).append('\n');
                case CLASSIC -> {
                    if (diagnostic.code().isClassic() && diagnostic.audience() != Audience.PEOPLE) {
                        out.append(firstLine(diagnostic)).append('\n');
                    }
                }
            }
            printed++;
        }
        return out.toString();
    }

    private static void more(int count, DiagnosticStyle style, StringBuilder out) {
        if (style == DiagnosticStyle.HUMAN) {
            out.append("and ").append(count).append(" more\n");
        }
    }

    /** Returns the first line of a diagnostic. Messages that OpenBSD does not have name their weight. */
    public static String firstLine(Diagnostic diagnostic) {
        String text = diagnostic.message();
        if (!diagnostic.code().isClassic() && diagnostic.code().severity() != Severity.ERROR) {
            text = diagnostic.code().severity().word() + ": " + text;
        }
        return diagnostic.primary().map(span -> place(span) + ": ").orElse("") + text;
    }

    /** Returns {@code FILE:LINE} of a place; of text out of a macro, where the macro is used. */
    static String place(Span span) {
        Span site = span.site();
        return site.source().name() + ":" + site.line();
    }
}
