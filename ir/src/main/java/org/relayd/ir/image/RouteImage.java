package org.relayd.ir.image;

import java.util.List;

/**
 * Routers as every back end knows them: what a routing table is opened with.
 *
 * @param routers
 *            in order of their ids
 */
public record RouteImage(List<RouterImage> routers) {

    /** Copies the list. */
    public RouteImage {
        routers = List.copyOf(routers);
    }

    /** Returns the image of a plan without routers. */
    public static RouteImage nothing() {
        return new RouteImage(List.of());
    }
}
