package org.relayd.ir.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpPrefix;

/**
 * A route of the Linux kernel: one destination over all gateways that are up and equally preferred. Where OpenBSD
 * has a route for each gateway, Linux has one with several next hops, and gateways of another priority are another
 * route with another metric.
 *
 * @param key
 *            what tells it from other routes
 * @param protocol
 *            who made it, as the kernel's routing table shows it
 * @param gateways
 *            next hops, in order of routers and hosts, never empty, each once
 */
public record MultipathRoute(Key key, int protocol, List<IpAddress> gateways) {
    /** Protocol number of routes without a label. */
    public static final int PROTOCOL = 200;
    /** Most labels: each has a protocol number of its own, from {@link #PROTOCOL} + 1. */
    public static final int MOST_LABELS = 31;
    /** Metric of gateways without a priority: what OpenBSD gives static routes. */
    public static final int DEFAULT_METRIC = 8;
    /** Number of the main routing table, that of a router without {@code rtable}. */
    public static final int MAIN_TABLE = 254;

    /** Copies the list. */
    public MultipathRoute {
        gateways = List.copyOf(gateways);
    }

    /** Returns the same route with other gateways. */
    public MultipathRoute by(List<IpAddress> others) {
        return new MultipathRoute(key, protocol, others);
    }

    /**
     * What the kernel tells routes apart by.
     *
     * @param destination
     *            the network, without host bits
     * @param table
     *            routing table, 1 to 255
     * @param metric
     *            preference, the lowest first
     */
    public record Key(IpPrefix destination, int table, int metric) {}

    /**
     * Returns the routes that there must be. Routers that name the same destination in the same table share a route.
     *
     * @param enabled
     *            tells whether a router is enabled
     * @param up
     *            tells whether a gateway is up
     */
    public static List<MultipathRoute> of(RouteImage image, Predicate<RouterId> enabled, Predicate<HostId> up) {
        Map<String, Integer> protocols = protocols(image);
        Map<Key, Integer> owners = new LinkedHashMap<>();
        Map<Key, Set<IpAddress>> gateways = new LinkedHashMap<>();
        for (RouterImage router : image.routers()) {
            for (RouterImage.Gateway gateway : enabled.test(router.id()) ? usable(router, up)
                    : List.<RouterImage.Gateway>of()) {
                for (RouterImage.Destination destination : router.destinations()) {
                    Key key = key(router, destination, gateway);
                    gateways.computeIfAbsent(key, fresh -> new LinkedHashSet<>()).add(gateway.address());
                    owners.putIfAbsent(key, router.label().map(protocols::get).orElse(PROTOCOL));
                }
            }
        }
        List<MultipathRoute> routes = new ArrayList<>();
        gateways.forEach((key, hops) -> routes.add(new MultipathRoute(key, owners.get(key), List.copyOf(hops))));
        return routes;
    }

    /**
     * Returns the protocol number of each label, in order of appearance. Labels beyond
     * {@link #MOST_LABELS} have none of their own.
     */
    public static Map<String, Integer> protocols(RouteImage image) {
        Map<String, Integer> protocols = new LinkedHashMap<>();
        image.routers().stream().flatMap(router -> router.label().stream()).distinct().forEach(label -> protocols
                .put(label, PROTOCOL + (protocols.size() < MOST_LABELS ? protocols.size() + 1 : 0)));
        return protocols;
    }

    /** A gateway of another family than the router's cannot be a next hop. */
    private static List<RouterImage.Gateway> usable(RouterImage router, Predicate<HostId> up) {
        return router.gateways().stream().filter(gateway -> gateway.address().family() == router.family())
                .filter(gateway -> up.test(gateway.id())).toList();
    }

    private static Key key(RouterImage router, RouterImage.Destination destination, RouterImage.Gateway gateway) {
        return new Key(destination.network().masked(), router.rtable() == 0 ? MAIN_TABLE : router.rtable(),
                gateway.priority().stream().filter(priority -> priority > 0).findFirst().orElse(DEFAULT_METRIC));
    }
}
