package org.relayd.compiler.print;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.Digest;
import org.relayd.ir.config.Rule;
import org.relayd.ir.config.Rule.Condition;
import org.relayd.ir.config.Rule.Marking;
import org.relayd.ir.config.Rule.Match;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;

/** Writes filter rules of the current dialect. relayd.conf(5): FILTER RULES. */
final class RuleText {
    private static final List<EntityType> ORDER = List.of(EntityType.COOKIE, EntityType.HEADER, EntityType.PATH,
            EntityType.QUERY, EntityType.URL);
    private final ConfText text;
    private final TableText tables;

    RuleText(ConfText text, TableText tables) {
        this.text = text;
        this.tables = tables;
    }

    /** Returns the line of a rule. */
    String rule(Rule rule) {
        StringBuilder words = new StringBuilder(rule.verdict().word()).append(' ').append(rule.direction().word());
        words.append(rule.quick() ? " quick" : "");
        rule.family().ifPresent(family -> words.append(' ').append(family.word()));
        rule.from().ifPresent(prefix -> words.append(" from ").append(prefix(prefix.toString())));
        rule.to().ifPresent(prefix -> words.append(" to ").append(prefix(prefix.toString())));
        rule.method().ifPresent(method -> words.append(" method ").append(text.quoted(method)));
        rule.conditions().stream().sorted(Comparator.comparingInt(c -> ORDER.indexOf(c.type())))
                .forEach(condition -> words.append(' ').append(condition(condition)));
        // A table that no relay forwards to is gone, and naming it had no effect.
        rule.forwardTo().filter(tables::knows)
                .ifPresent(table -> words.append(" forward to ").append(tables.reference(table)));
        words.append(marking("tag", rule.tag()));
        rule.tagged().ifPresent(tag -> words.append(" tagged ").append(text.quoted(tag)));
        return words.append(marking("label", rule.label())).toString();
    }

    private String prefix(String prefix) {
        int slash = prefix.lastIndexOf('/');
        return text.quoted(prefix.substring(0, slash)) + prefix.substring(slash);
    }

    private String condition(Condition condition) {
        StringBuilder words = new StringBuilder(condition.type().word());
        switch (condition) {
            case Condition(EntityType type, Optional<EntityOption> option, Optional<Match> key, Optional<
                    Match> value, Optional<Digest> digest, OptionalInt strip) -> {
                option.ifPresent(o -> words.append(' ').append(o.word()));
                strip.ifPresent(components -> words.append(' ').append(components));
                key.ifPresent(
                        k -> words.append(k.pattern() ? " pattern " : " ").append(digest.isPresent() ? "digest " : "")
                                .append(text.quoted(k.text())));
                value.filter(v -> key.isPresent() && (v.pattern() || !v.text().equals("*")))
                        .ifPresent(v -> words.append(" value ").append(v.pattern() ? "pattern " : "")
                                .append(text.quoted(v.text())));
            }
        }
        return words.toString();
    }

    private String marking(String word, Marking marking) {
        return switch (marking) {
            case Marking.Keep() -> "";
            case Marking.Clear() -> " no " + word;
            case Marking.Set(String name) -> " " + word + " " + text.quoted(name);
        };
    }
}
