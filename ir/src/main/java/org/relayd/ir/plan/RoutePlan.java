package org.relayd.ir.plan;

import java.util.List;
import org.relayd.ir.config.Router;
import org.relayd.ir.image.RouteImage;

/**
 * Which routes the kernel gets: for each router, each of its destinations over each gateway that is up.
 *
 * @param routers
 *            in order of their ids, with the tables that decide
 * @param image
 *            the same as the kernel is given it, whichever it is
 */
public record RoutePlan(List<Router> routers, RouteImage image) {

    /** Copies the list. */
    public RoutePlan {
        routers = List.copyOf(routers);
    }

    /** Returns a plan without routers. */
    public static RoutePlan nothing() {
        return new RoutePlan(List.of(), RouteImage.nothing());
    }
}
