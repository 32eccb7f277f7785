package org.relayd.compiler.source;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Span;

/** A dollar sign and a name inside quotes, where macros of the file are not replaced. relayd.conf(5): MACROS. */
final class QuotedMacro {
    /** What rules can write of a session, in quotes. relayd.conf(5): FILTER RULES. */
    static final Set<String> OF_SESSIONS = Set.of("REMOTE_ADDR", "REMOTE_PORT", "SERVER_ADDR", "SERVER_PORT",
            "SERVER_NAME", "TIMEOUT", "HOST");

    private static final Pattern REFERENCE = Pattern.compile("\\$([A-Za-z0-9_]+)");

    private QuotedMacro() {}

    /** Returns the first name in a text that is none of a session. */
    static Optional<String> in(String text) {
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            if (!OF_SESSIONS.contains(reference.group(1))) {
                return Optional.of(reference.group(1));
            }
        }
        return Optional.empty();
    }

    static Diagnostic warning(Span string, String text, String name) {
        Diagnostic warning = Diagnostic.at(AdviceCode.MACRO_IN_QUOTES, string,
                "macro '" + name + "' is not replaced in quotes");
        return warning.helped(text.equals("$" + name) ? "write $" + name + " without quotes"
                : "define a macro that has the whole text");
    }
}
