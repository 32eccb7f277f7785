package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.MacroDefinition;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.source.Span;

/**
 * Macros that nobody uses, or could use. Macros of the command line are the business of who starts relayd, and so are
 * those that they replace.
 */
final class MacroLint {
    private MacroLint() {}

    static List<Diagnostic> of(ParsedConfig config) {
        List<Diagnostic> advice = new ArrayList<>();
        Set<String> given = config.macros().stream().filter(macro -> macro.span().isEmpty()).map(MacroDefinition::name)
                .collect(Collectors.toSet());
        for (MacroDefinition macro : config.macros()) {
            if (macro.span().isEmpty() || macro.uses() > 0 || given.contains(macro.name())) {
                continue;
            }
            Span place = macro.span().get();
            advice.add(isReferable(macro.name())
                    ? Diagnostic.at(AdviceCode.UNUSED_MACRO, place, "macro '" + macro.name() + "' not used")
                    : Diagnostic.at(AdviceCode.UNREFERABLE_MACRO, place,
                            "macro '" + macro.name() + "' cannot be referred to")
                            .helped("use letters, digits and underscores"));
        }
        return advice;
    }

    private static boolean isReferable(String name) {
        return !name.isEmpty() && name.chars().allMatch(
                c -> c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    }
}
