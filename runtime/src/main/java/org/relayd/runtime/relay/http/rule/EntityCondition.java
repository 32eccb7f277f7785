package org.relayd.runtime.relay.http.rule;

import org.relayd.ir.config.Rule;

/** A condition of a rule on one entity of a message, and what is done with it. Immutable; any thread. */
sealed interface EntityCondition permits HeaderCondition, CookieCondition, QueryCondition, PathCondition, UrlCondition {

    /** Returns whether the message has the entity; what is found is noted. */
    boolean matches(RuleRun run, Found found);

    /** Does what the rule asks for, after all rules were evaluated. */
    void act(RuleRun run, Found found);

    /**
     * Compiles a condition.
     *
     * @param rule
     *            number of the rule in its program
     */
    static EntityCondition of(Rule.Condition condition, int rule) {
        return switch (condition.type()) {
            case HEADER -> HeaderCondition.of(condition);
            case COOKIE -> CookieCondition.of(condition);
            case QUERY -> QueryCondition.of(condition);
            case PATH -> PathCondition.of(condition);
            case URL -> UrlCondition.of(condition, rule);
        };
    }
}
