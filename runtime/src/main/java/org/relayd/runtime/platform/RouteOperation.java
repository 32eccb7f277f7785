package org.relayd.runtime.platform;

import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;

/** A change of the routing table. relayd.conf(5): ROUTERS. */
public sealed interface RouteOperation {

    /**
     * A gateway may be used for a destination.
     *
     * @param router
     *            the router
     * @param route
     *            one of its destinations
     * @param gateway
     *            a host of its table
     */
    record Add(RouterId router, RouteId route, HostId gateway) implements RouteOperation {}

    /**
     * A gateway must not be used for a destination any more, whether or not it was.
     *
     * @param router
     *            the router
     * @param route
     *            one of its destinations
     * @param gateway
     *            a host of its table
     */
    record Delete(RouterId router, RouteId route, HostId gateway) implements RouteOperation {}
}
