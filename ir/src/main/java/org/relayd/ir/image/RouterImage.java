package org.relayd.ir.image;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;

/**
 * What every back end knows of a router. relayd.conf(5): ROUTERS.
 *
 * @param id
 *            its id in the plan
 * @param name
 *            its name, for messages
 * @param disabled
 *            whether it has no routes, whatever its gateways do
 * @param rtable
 *            routing table, 0 to 255
 * @param label
 *            label of its routes
 * @param family
 *            family of its destinations; gateways of another one are no next hops
 * @param destinations
 *            networks, in file order
 * @param gateways
 *            hosts of its table, in file order
 */
public record RouterImage(RouterId id, String name, boolean disabled, int rtable, Optional<String> label,
        IpFamily family, List<Destination> destinations, List<Gateway> gateways) {

    /** Copies the lists. */
    public RouterImage {
        destinations = List.copyOf(destinations);
        gateways = List.copyOf(gateways);
    }

    /**
     * A network that there are routes to.
     *
     * @param id
     *            its id in the plan
     * @param network
     *            the network, with host bits as written; the default route has none of its bits counted
     */
    public record Destination(RouteId id, IpPrefix network) {}

    /**
     * A next hop.
     *
     * @param id
     *            its id in the plan
     * @param name
     *            its name, for messages
     * @param address
     *            its address
     * @param priority
     *            priority of routes over it, 1 to 63; empty for the system's
     */
    public record Gateway(HostId id, String name, IpAddress address, OptionalInt priority) {}
}
