package org.relayd.ir.plan;

import java.util.List;

/**
 * What the packet filter loads.
 *
 * @param anchors
 *            one for each redirection, in order of their ids
 * @param catchesReplies
 *            whether a relay connects with its clients' addresses, so that the answers to them must be brought to this machine's
 *            sockets: relayd.conf(5), {@code transparent forward}
 */
public record FilterPlan(List<PfAnchor> anchors, boolean catchesReplies) {

    /** Copies the list. */
    public FilterPlan {
        anchors = List.copyOf(anchors);
    }
}
