package org.relayd.ir.plan;

import java.util.List;

/**
 * What the relays do: paths from a listener to a target.
 *
 * @param prefork
 *            number of event loops that accept, 1 to 32
 * @param paths
 *            one for each relay, in order of their ids
 */
public record RelayGraph(int prefork, List<RelayPath> paths) {

    /** Copies the list. */
    public RelayGraph {
        paths = List.copyOf(paths);
    }
}
