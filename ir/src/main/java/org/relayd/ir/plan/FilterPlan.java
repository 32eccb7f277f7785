package org.relayd.ir.plan;

import java.util.List;

/**
 * What the packet filter loads.
 *
 * @param anchors
 *            one for each redirection, in order of their ids
 */
public record FilterPlan(List<PfAnchor> anchors) {

    /** Copies the list. */
    public FilterPlan {
        anchors = List.copyOf(anchors);
    }
}
