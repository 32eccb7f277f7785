package org.relayd.ir.pf;

import java.util.List;
import org.relayd.ir.config.Redirect;

/**
 * Rules and table of one redirection.
 *
 * @param name
 *            {@code relayd/NAME}
 * @param table
 *            name of the pf table inside the anchor: that of the redirection
 * @param redirect
 *            the redirection, whose state decides when the rules are present
 * @param rules
 *            in load order: one for each listener in stored order
 */
public record PfAnchor(String name, String table, Redirect redirect, List<PfRule> rules) {

    /** Copies the list. */
    public PfAnchor {
        rules = List.copyOf(rules);
    }
}
