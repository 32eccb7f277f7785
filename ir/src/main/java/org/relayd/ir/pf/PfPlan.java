package org.relayd.ir.pf;

import java.util.List;

/**
 * All redirections as anchors.
 *
 * @param anchors
 *            one for each redirection, in order of their ids
 * @param diverts
 *            whether a relay speaks for addresses of other machines, as {@code transparent forward} and
 *            {@code forward to destination} of relayd.conf(5) do, so that packets for them must be brought to this
 *            machine's sockets
 */
public record PfPlan(List<PfAnchor> anchors, boolean diverts) {

    /** Copies the list. */
    public PfPlan {
        anchors = List.copyOf(anchors);
    }
}
