package org.relayd.ir.plan;

import java.util.List;
import org.relayd.ir.config.Router;

/**
 * Which routes the kernel gets: for each router, each of its destinations over each gateway that is up.
 *
 * @param routers
 *            in order of their ids
 */
public record RoutePlan(List<Router> routers) {

    /** Copies the list. */
    public RoutePlan {
        routers = List.copyOf(routers);
    }
}
