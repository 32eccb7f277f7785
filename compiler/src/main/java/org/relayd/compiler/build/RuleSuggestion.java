package org.relayd.compiler.build;

import java.util.Optional;
import org.relayd.ir.parsed.ActionDeclaration;
import org.relayd.ir.parsed.ActionDeclaration.Subject;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Direction;

/**
 * The filter rule that a person would write for one action of dialect 5.1. It is advice for a single line: whether the
 * actions of a whole protocol have an exact translation is for {@code --emit config} to say.
 */
final class RuleSuggestion {
    private final ActionDeclaration action;

    private RuleSuggestion(ActionDeclaration action) {
        this.action = action;
    }

    /** Returns the text of the rule, or of the two rules. */
    static String of(ActionDeclaration action) {
        RuleSuggestion rule = new RuleSuggestion(action);
        String compared = rule.subject() + rule.value();
        return switch (action.kind()) {
            case APPEND -> rule.line("match", "append" + compared, "");
            case CHANGE -> rule.line("match", "set" + compared, "");
            case REMOVE -> rule.line("match", "remove" + rule.subject(), "");
            case HASH -> rule.line("match", "hash" + rule.subject(), "");
            case LOG -> rule.line("match", "log" + rule.subject(), "");
            case FILTER -> rule.line("block", "quick", compared, "");
            case EXPECT -> "block, and below it " + rule.line("pass", compared.strip(), "");
            case MARK -> rule.line("match", compared.strip(),
                    action.mark().map(mark -> " tag \"" + mark.value() + "\"").orElse(""));
        };
    }

    private String line(String verdict, String rest, String end) {
        return line(verdict, "", " " + rest, end);
    }

    private String line(String verdict, String quick, String rest, String end) {
        String direction = action.direction() == Direction.RESPONSE ? " response" : "";
        String tagged = action.kind() == ActionKind.MARK ? ""
                : action.marked().map(mark -> " tagged \"" + mark.value() + "\"").orElse("");
        return verdict + direction + (quick.isEmpty() ? "" : " " + quick) + " " + action.type().word() + rest + tagged
                + end;
    }

    private String subject() {
        return switch (action.subject()) {
            case Subject.Key(Text key) -> " " + quoted(key);
            case Subject.Digest(Text digest) -> " digest " + quoted(digest);
            case Subject.KeyFile(Text file) -> " file " + quoted(file);
        };
    }

    private String value() {
        Optional<Text> value = action.value();
        return value.map(text -> " value " + quoted(text)).orElse("");
    }

    private static String quoted(Text text) {
        char quote = text.value().indexOf('"') < 0 ? '"' : '\'';
        return quote + text.value() + quote;
    }
}
