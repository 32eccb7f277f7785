package org.relayd.runtime.relay.http.rule;

import java.util.Optional;
import org.relayd.ir.config.Rule;
import org.relayd.ir.term.EntityOption;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * A variable of the query string: every one whose name and value fit, as they are written, without decoding.
 *
 * @param key
 *            glob or pattern for the name; empty if the rule names none
 * @param value
 *            glob or pattern for the value
 * @param option
 *            what is done
 */
record QueryCondition(Optional<TextMatch> key, TextMatch value, Optional<EntityOption> option)
        implements EntityCondition {

    static QueryCondition of(Rule.Condition condition) {
        return new QueryCondition(Keys.of(condition).map(match -> TextMatch.of(match, true)),
                Keys.value(condition, true), condition.option());
    }

    @Override
    public boolean matches(RuleRun run, Found found) {
        found.nothing();
        if (key.isEmpty()) {
            return true;
        }
        Pairs pairs = run.pairs();
        pairs.query(run.octets(), run.head().queryAt(), run.head().queryLength());
        while (pairs.advance()) {
            boolean named = key.get().matches(run.octets(), pairs.nameAt(), pairs.nameLength(), run);
            if (named && value.matches(run.octets(), pairs.valueAt(), pairs.valueLength(), run)) {
                found.pair(0, pairs);
                if (option.isEmpty()) {
                    return true;
                }
            }
        }
        return found.any();
    }

    @Override
    public void act(RuleRun run, Found found) {
        if (option.isEmpty()) {
            return;
        }
        switch (option.get()) {
            case HASH -> found.hash(run);
            case LOG -> {
                for (int i = 0; i < found.count(); i++) {
                    run.log(found.name(run, i), found.value(run, i));
                }
            }
            case APPEND, SET, REMOVE, STRIP -> {}
        }
    }
}
