package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.RuleDeclaration;
import org.relayd.ir.parsed.RuleDeclaration.MatchText;
import org.relayd.ir.parsed.RuleDeclaration.Option;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Direction;

/** Tags that only one side of the rules knows, or that requests inherit from those before them. */
final class TagLint {
    private final Map<String, Span> set = new LinkedHashMap<>();
    private final Map<String, Span> tested = new LinkedHashMap<>();
    /** What rules set because of what a request says, with the first place. */
    private final Map<String, Span> chosen = new LinkedHashMap<>();
    /** What rules without conditions set, which takes away the tag that was there. */
    private final Set<String> resetting = new HashSet<>();
    /** Whether each request gets a tag of its own, or is the only one of its connection. */
    private boolean fresh;

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
        boolean conditional = isConditional(rule);
        for (Option option : rule.options()) {
            fresh |= !conditional && RuleLint.direction(rule) == Direction.REQUEST && isFresh(option);
            if (option instanceof Option.Tag(Span span, Text name)) {
                set.putIfAbsent(name.value(), span);
                if (!conditional) {
                    resetting.add(name.value());
                } else if (rule.options().stream().anyMatch(TagLint::looksAtMessage)) {
                    chosen.putIfAbsent(name.value(), span);
                }
            } else if (option instanceof Option.Tagged(Span span, Text name)) {
                tested.putIfAbsent(name.value(), span);
            }
        }
    }

    private static boolean isConditional(RuleDeclaration rule) {
        return rule.family().isPresent() || rule.from().isPresent() || rule.to().isPresent()
                || rule.options().stream()
                        .anyMatch(option -> looksAtMessage(option) || option instanceof Option.Tagged);
    }

    /** Returns whether an option is a condition that one request of a connection can meet and the next one not. */
    private static boolean looksAtMessage(Option option) {
        return switch (option) {
            case Option.Method _,Option.KeyFile _ -> true;
            case Option.Entity entity -> entity.option().isEmpty();
            case Option.PathStrip _,Option.ForwardTo _,Option.Tag _,Option.NoTag _,Option.Tagged _,Option.Label _,Option.NoLabel _
                    -> false;
        };
    }

    private static boolean isFresh(Option option) {
        return switch (option) {
            case Option.Tag _,Option.NoTag _ -> true;
            case Option.Entity entity -> RuleLint.isWritten(entity) && is(entity.key(), "connection")
                    && is(entity.value(), "close");
            case Option.Method _,Option.KeyFile _,Option.PathStrip _,Option.ForwardTo _,Option.Tagged _,Option.Label _,Option.NoLabel _
                    -> false;
        };
    }

    private static boolean is(Optional<MatchText> written, String text) {
        return written.isPresent() && written.get().text().value().equalsIgnoreCase(text);
    }

    private List<Diagnostic> advice(boolean logged) {
        List<Diagnostic> advice = new ArrayList<>();
        tested.forEach((name, span) -> {
            if (!set.containsKey(name)) {
                advice.add(Diagnostic.at(AdviceCode.TAG_NEVER_SET, span, "no rule sets the tag " + name));
            }
        });
        set.forEach((name, span) -> {
            boolean resets = !tested.isEmpty() && resetting.contains(name);
            if (!logged && !resets && !tested.containsKey(name)) {
                advice.add(Diagnostic.at(AdviceCode.TAG_NEVER_TESTED, span, "no rule asks for the tag " + name));
            }
        });
        chosen.forEach((name, span) -> {
            if (!fresh && tested.containsKey(name)) {
                advice.add(Diagnostic
                        .at(AdviceCode.STICKY_TAG, span, "later requests of the connection keep the tag " + name)
                        .labelled(tested.get(name), "holds for them too")
                        .helped("begin the rules with: match request tag \"none\""));
            }
        });
        return advice;
    }
}
