package org.relayd.compiler.print;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.Digest;
import org.relayd.ir.config.Rule;
import org.relayd.ir.config.Rule.Condition;
import org.relayd.ir.config.Rule.KeyFileLine;
import org.relayd.ir.config.Rule.Marking;
import org.relayd.ir.config.Rule.Match;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;

/** Writes filter rules of the current dialect. relayd.conf(5): FILTER RULES. */
final class RuleText {
    private static final Match ANY = new Match("*", false);
    private final ConfText text;
    private final TableText tables;

    RuleText(ConfText text, TableText tables) {
        this.text = text;
        this.tables = tables;
    }

    /**
     * Returns the line of a rule; none for one that the line of an earlier one stands for, since
     * their keys are in one file.
     */
    Optional<String> line(Rule rule) {
        return rule.source().isPresent() && rule.source().get().number() > 0 ? Optional.empty()
                : Optional.of(rule(rule));
    }

    private String rule(Rule rule) {
        StringBuilder words = new StringBuilder(rule.verdict().word()).append(' ').append(rule.direction().word());
        words.append(rule.quick() ? " quick" : "");
        rule.family().ifPresent(family -> words.append(' ').append(family.word()));
        rule.from().ifPresent(prefix -> words.append(" from ").append(prefix(prefix.toString())));
        rule.to().ifPresent(prefix -> words.append(" to ").append(prefix(prefix.toString())));
        rule.method().ifPresent(method -> words.append(" method ").append(text.quoted(method)));
        List<Condition> conditions = rule.conditions();
        rule.source().ifPresentOrElse(file -> ofFile(conditions, file, words),
                () -> conditions.forEach(condition -> words.append(' ').append(condition(condition))));
        rule.forwardTo()
                .ifPresent(table -> words.append(" forward to ").append(tables.reference(table)));
        words.append(marking("tag", rule.tag()));
        rule.tagged().ifPresent(tag -> words.append(" tagged ").append(text.quoted(tag)));
        return words.append(marking("label", rule.label())).toString();
    }

    // The keys of the file replace whatever key is written, but a value needs one in front of it. The last condition
    // has the value after the file, so any with that value may stand last.
    private void ofFile(List<Condition> conditions, KeyFileLine file, StringBuilder words) {
        Condition last = conditions.stream()
                .filter(condition -> file.value().equals(condition.value().map(Match::text)))
                .reduce((_, next) -> next).orElseThrow();
        for (Condition condition : conditions) {
            if (!condition.equals(last)) {
                words.append(' ').append(condition(new Condition(condition.type(), condition.option(),
                        condition.value().map(_ -> ANY), condition.value(), condition.digest(), condition.strip())));
            }
        }
        words.append(' ').append(condition(new Condition(last.type(), last.option(), Optional.empty(),
                Optional.empty(), Optional.empty(), last.strip())));
        words.append(" file ").append(text.quoted(file.path()));
        file.value().ifPresent(value -> words.append(" value ").append(text.quoted(value)));
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
                // Logging without a key is logging of all keys, without a value: a key that is written has one.
                boolean all = option.equals(Optional.of(EntityOption.LOG)) && value.isEmpty();
                key.filter(_ -> !all).ifPresent(
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
