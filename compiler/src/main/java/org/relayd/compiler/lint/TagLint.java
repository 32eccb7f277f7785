package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.RuleDeclaration;
import org.relayd.ir.parsed.RuleDeclaration.Option;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Tags that only one side of the rules knows. */
final class TagLint {
    private final Map<String, Span> set = new LinkedHashMap<>();
    private final Map<String, Span> tested = new LinkedHashMap<>();

    private TagLint() {}

    /**
     * @param rules
     *            the rules of one protocol
     * @param logged
     *            whether the line of a session is written: it ends with its tag, which may be meant for it
     */
    static List<Diagnostic> of(List<RuleDeclaration> rules, boolean logged) {
        TagLint lint = new TagLint();
        rules.forEach(lint::look);
        return lint.advice(logged);
    }

    private void look(RuleDeclaration rule) {
        for (Option option : rule.options()) {
            if (option instanceof Option.Tag(Span span, Text name)) {
                set.putIfAbsent(name.value(), span);
            } else if (option instanceof Option.Tagged(Span span, Text name)) {
                tested.putIfAbsent(name.value(), span);
            }
        }
    }

    private List<Diagnostic> advice(boolean logged) {
        List<Diagnostic> advice = new ArrayList<>();
        tested.forEach((name, span) -> {
            if (!set.containsKey(name)) {
                advice.add(Diagnostic.at(AdviceCode.TAG_NEVER_SET, span, "no rule sets the tag " + name));
            }
        });
        set.forEach((name, span) -> {
            if (!logged && !tested.containsKey(name)) {
                advice.add(Diagnostic.at(AdviceCode.TAG_NEVER_TESTED, span, "no rule asks for the tag " + name));
            }
        });
        return advice;
    }
}
