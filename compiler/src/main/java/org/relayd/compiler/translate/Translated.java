package org.relayd.compiler.translate;

import java.util.List;
import org.relayd.ir.config.Rule;

/**
 * Actions of dialect 5.1 as filter rules.
 *
 * @param rules
 *            in the order they must be written
 * @param refusals
 *            why some actions have no exact counterpart, one line each; if there are any, the rules are not complete
 * @param notices
 *            what was left out because it never had an effect, one line each
 */
public record Translated(List<Rule> rules, List<String> refusals, List<String> notices) {

    /** Copies the lists. */
    public Translated {
        rules = List.copyOf(rules);
        refusals = List.copyOf(refusals);
        notices = List.copyOf(notices);
    }
}
