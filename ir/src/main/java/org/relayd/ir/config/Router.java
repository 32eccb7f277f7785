package org.relayd.ir.config;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;

/**
 * Routes whose gateways are health-checked. relayd.conf(5): ROUTERS.
 *
 * @param id
 *            its number
 * @param name
 *            its name
 * @param disabled
 *            whether its routes are left alone
 * @param gateways
 *            table of gateways; empty if there is no forward line, which OpenBSD accepts although
 *            such a router does nothing
 * @param rtable
 *            routing table, 0 to 255; default 0
 * @param label
 *            route label, at most 31 bytes
 * @param family
 *            address family of all routes
 * @param routes
 *            in file order, never empty
 */
public record Router(RouterId id, String name, boolean disabled, Optional<Table> gateways, int rtable,
        Optional<String> label,
        IpFamily family,
        List<Route> routes) {

    /** Copies the list. */
    public Router {
        routes = List.copyOf(routes);
    }

    /**
     * A destination.
     *
     * @param id
     *            its number over all routers
     * @param destination
     *            the network
     */
    public record Route(RouteId id, IpPrefix destination) {}
}
