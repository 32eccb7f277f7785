package org.relayd.ir.config;

import java.util.List;

/**
 * What a protocol does with messages. The two dialects evaluate differently, so a protocol has
 * rules or actions, never both.
 */
public sealed interface Filter {

    /**
     * Rules of the current dialect, evaluated from first to last.
     *
     * @param rules
     *            in file order, rules with a key file already expanded to one rule per key
     */
    record Rules(List<Rule> rules) implements Filter {

        /** Copies the list. */
        public Rules {
            rules = List.copyOf(rules);
        }
    }

    /**
     * Actions of dialect 5.1, evaluated in the order of the message.
     *
     * @param actions
     *            in file order, actions with a key file already expanded to one action per key
     */
    record Actions(List<Action> actions) implements Filter {

        /** Copies the list. */
        public Actions {
            actions = List.copyOf(actions);
        }
    }
}
