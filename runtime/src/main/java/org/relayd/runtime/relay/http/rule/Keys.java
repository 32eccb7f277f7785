package org.relayd.runtime.relay.http.rule;

import java.util.Optional;
import org.relayd.ir.config.Rule;
import org.relayd.ir.term.EntityOption;

/** What a condition without key or value means. */
final class Keys {
    private static final Rule.Match ANY = new Rule.Match("*", false);

    private Keys() {}

    /** Returns the key: any, if the rule only logs and names none. */
    static Optional<Rule.Match> of(Rule.Condition condition) {
        boolean logs = condition.option().filter(option -> option == EntityOption.LOG).isPresent();
        return condition.key().or(() -> logs ? Optional.of(ANY) : Optional.empty());
    }

    /** Returns the value to look for: any, if none is written. */
    static TextMatch value(Rule.Condition condition, boolean caseSensitive) {
        return TextMatch.of(condition.value().orElse(ANY), caseSensitive);
    }
}
