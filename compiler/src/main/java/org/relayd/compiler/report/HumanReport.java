package org.relayd.compiler.report;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.Label;
import org.relayd.ir.source.SourceText;
import org.relayd.ir.source.Span;

/** A diagnostic for people: the line in question, a caret below, other places, advice, and where to read more. */
final class HumanReport {
    private final StringBuilder out;
    private final Paint paint;
    private Optional<SourceText> shown = Optional.empty();

    HumanReport(StringBuilder out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    void print(Diagnostic diagnostic) {
        String colour = diagnostic.isError() ? paint.error() : paint.warning();
        out.append(colour).append(Excerpt.printable(DiagnosticPrinter.firstLine(diagnostic))).append(paint.off())
                .append('\n');
        int width = marginWidth(diagnostic);
        shown = Optional.empty();
        diagnostic.primary().ifPresent(span -> {
            margin(width, "|").append('\n');
            shown = Optional.of(span.site().source());
            excerpt(span, '^', diagnostic.caption(), width, colour);
        });
        for (Label label : diagnostic.labels()) {
            file(label.span(), width);
            excerpt(label.span(), '-', label.text(), width, paint.label());
        }
        diagnostic.primary().ifPresent(span -> Trail.of(span).forEach(step -> remark(width, step.toString())));
        diagnostic.notes().forEach(note -> remark(width, "note: " + note));
        diagnostic.help().ifPresent(help -> remark(width, "help: " + help));
        remark(width, "see: relayd.conf(5), " + diagnostic.code().section() + "; relayd-compile explain-code "
                + diagnostic.code().id());
    }

    private static int marginWidth(Diagnostic diagnostic) {
        int highest = diagnostic.primary().map(span -> span.site().line()).orElse(1);
        for (Label label : diagnostic.labels()) {
            highest = Math.max(highest, label.span().site().line());
        }
        return Math.max(2, Integer.toString(highest).length());
    }

    // The file is named where it is not that of the line above.
    private void file(Span span, int width) {
        SourceText source = span.site().source();
        if (shown.isEmpty() || shown.get() != source) {
            margin(width, "::: ").append(DiagnosticPrinter.place(span)).append('\n');
            shown = Optional.of(source);
        }
    }

    private void excerpt(Span span, char underline, String caption, int width, String colour) {
        Excerpt excerpt = Excerpt.of(span.site());
        String number = Integer.toString(span.site().line());
        out.append(paint.margin()).repeat(' ', width - number.length()).append(number).append(" |").append(paint.off())
                .append(' ').append(excerpt.line()).append('\n');
        margin(width, "|").append(' ').repeat(' ', excerpt.indent()).append(colour).repeat(underline, excerpt.length());
        if (!caption.isEmpty()) {
            out.append(' ').append(caption);
        }
        out.append(paint.off()).append('\n');
    }

    private void remark(int width, String text) {
        List<String> lines = text.lines().toList();
        for (String line : lines) {
            margin(width, "=").append(' ').append(Excerpt.printable(line)).append('\n');
        }
    }

    private StringBuilder margin(int width, String mark) {
        return out.append(paint.margin()).repeat(' ', width + 1).append(mark).append(paint.off());
    }
}
