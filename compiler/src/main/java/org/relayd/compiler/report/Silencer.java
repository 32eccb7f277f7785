package org.relayd.compiler.report;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.Label;
import org.relayd.ir.source.Span;

/**
 * Takes out the warnings that the file allows: a comment {@code # relayd: allow W0903} stands at the end of the line in
 * question or on a line of its own above it, and may name several codes. Errors cannot be allowed.
 */
public final class Silencer {
    private static final Pattern ALLOW = Pattern.compile("#\\s*relayd:\\s*allow\\s+([A-Z0-9,\\s]+)");
    private static final Pattern CODE = Pattern.compile("[A-Z][0-9]{4}");
    private static final Pattern COMMENT_LINE = Pattern.compile("\\s*#.*");

    private Silencer() {}

    /** Returns the diagnostics that are not allowed, in their order. */
    public static List<Diagnostic> filter(List<Diagnostic> diagnostics) {
        return diagnostics.stream().filter(diagnostic -> diagnostic.isError() || !isAllowed(diagnostic)).toList();
    }

    private static boolean isAllowed(Diagnostic diagnostic) {
        Optional<Span> place = diagnostic.primary()
                .or(() -> diagnostic.labels().stream().map(Label::span).findFirst());
        if (place.isEmpty()) {
            return false;
        }
        Span site = place.get().site();
        String id = diagnostic.code().id();
        int line = site.line();
        return allows(site.source().line(line), id)
                || (line > 1 && COMMENT_LINE.matcher(site.source().line(line - 1)).matches()
                        && allows(site.source().line(line - 1), id));
    }

    private static boolean allows(String line, String id) {
        Matcher allow = ALLOW.matcher(line);
        return allow.find() && CODE.matcher(allow.group(1)).results().anyMatch(code -> code.group().equals(id));
    }
}
