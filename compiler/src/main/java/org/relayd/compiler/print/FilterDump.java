package org.relayd.compiler.print;

import org.relayd.ir.config.Action;
import org.relayd.ir.config.Rule;
import org.relayd.ir.config.Rule.Condition;
import org.relayd.ir.config.Rule.Marking;
import org.relayd.ir.term.EntityType;

/** Rules and actions as they were understood, in the words of relayd(8) with {@code -vv}; not to be read again. */
final class FilterDump {
    private FilterDump() {}

    /** Returns a rule of the current dialect, with a blank after each word. */
    static String rule(Rule rule) {
        StringBuilder words = new StringBuilder();
        word(words, rule.verdict().word());
        word(words, rule.direction().word());
        if (rule.quick()) {
            word(words, "quick");
        }
        rule.family().ifPresent(family -> word(words, family.word()));
        rule.from().ifPresent(prefix -> word(words, "from " + prefix));
        rule.to().ifPresent(prefix -> word(words, "to " + prefix));
        rule.method().ifPresent(method -> word(words, "method " + method));
        rule.conditions().forEach(condition -> condition(condition, words));
        rule.forwardTo().ifPresent(table -> word(words, "forward to <" + table + ">"));
        marking("tag", rule.tag(), words);
        rule.tagged().ifPresent(tag -> word(words, "tagged " + quoted(tag)));
        marking("label", rule.label(), words);
        return words.toString();
    }

    private static void condition(Condition condition, StringBuilder words) {
        word(words, condition.type().word());
        condition.option().ifPresent(option -> word(words, option.word()));
        condition.strip().ifPresent(count -> word(words, Integer.toString(count)));
        condition.digest().ifPresent(_ -> word(words, "digest"));
        condition.key().ifPresent(key -> word(words, (key.pattern() ? "pattern " : "") + quoted(key.text())));
        condition.value().filter(value -> value.pattern() || !value.text().equals("*"))
                .ifPresent(value -> word(words, "value " + (value.pattern() ? "pattern " : "") + quoted(value.text())));
    }

    private static void marking(String word, Marking marking, StringBuilder words) {
        switch (marking) {
            case Marking.Keep() -> {}
            case Marking.Clear() -> word(words, "no " + word);
            case Marking.Set(String text) -> word(words, word + " " + quoted(text));
        }
    }

    private static void word(StringBuilder words, String text) {
        words.append(text).append(' ');
    }

    /** Returns an action of dialect 5.1. */
    static String action(Action action) {
        String key = action.digest().map(_ -> "digest ").orElse("") + quoted(action.key());
        String value = quoted(action.value().orElse(""));
        String kind = action.kind().word();
        String type = action.type() == EntityType.HEADER ? "" : action.type().word() + " ";
        return action.direction().word() + " " + type + switch (action.kind()) {
            case APPEND -> kind + " " + value + " to " + key;
            case CHANGE -> kind + " " + key + " to " + value;
            case EXPECT, FILTER, MARK -> kind + " "
                    + action.value().filter(any -> !any.equals("*")).map(_ -> value + " from ").orElse("") + key;
            case REMOVE, HASH, LOG -> kind + " " + key;
        };
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
