package org.relayd.runtime.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.relayd.runtime.platform.linux.NetworkNamespace.shell;

import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.image.MultipathRoute;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.image.RouterImage;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpPrefix;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.RouteOperation;

/** The routing table after each operation, as ip(8) lists it. */
@Tag("netns")
public class LinuxRoutesTest {
    private static final String LINKS = "ip link add d0 type veth peer name d1 && ip link set d0 up && ip link set d1 up && ip addr add 10.1.0.9/24 dev d0"
            + " && ip -6 addr add fd00:1::9/64 dev d0 nodad";

    private static RouterImage.Gateway gateway(int id, String address, OptionalInt priority) {
        return new RouterImage.Gateway(new HostId(id), address, IpAddress.parse(address).orElseThrow(), priority);
    }

    public static RouteImage image(int rtable, Optional<String> label, List<RouterImage.Gateway> gateways,
            String... destinations) {
        List<RouterImage.Destination> networks = new ArrayList<>();
        for (String destination : destinations) {
            String[] parts = destination.split("/", -1);
            networks.add(new RouterImage.Destination(new RouteId(networks.size() + 1),
                    new IpPrefix(IpAddress.parse(parts[0]).orElseThrow(), Integer.parseInt(parts[1]))));
        }
        return new RouteImage(List.of(new RouterImage(new RouterId(1), "r", false, rtable, label,
                networks.getFirst().network().address().family(), networks, gateways)));
    }

    private static List<RouteOperation> add(int... hosts) {
        List<RouteOperation> operations = new ArrayList<>();
        for (int host : hosts) {
            operations.add(new RouteOperation.Add(new RouterId(1), new RouteId(1), new HostId(host)));
        }
        return operations;
    }

    private static List<RouteOperation> delete(int host) {
        return List.of(new RouteOperation.Delete(new RouterId(1), new RouteId(1), new HostId(host)));
    }

    public static final List<RouterImage.Gateway> THREE = List.of(gateway(1, "10.1.0.1", OptionalInt.empty()),
            gateway(2, "10.1.0.2", OptionalInt.empty()), gateway(3, "10.1.0.3", OptionalInt.of(5)));

    private static String routes() throws Exception {
        return shell("{ ip -4 route show table all proto 200; ip -6 route show table all proto 200; "
                + "ip -4 route show table all proto 201; } | tr '\\n\\t' '  ' | tr -s ' '");
    }

    @Test
    void gatewaysOfOnePriorityShareARoute() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                assertEquals("", shell(LINKS));
                String before = shell("ip route; ip -6 route");
                LinuxRoutes routes = new LinuxRoutes(Set::of);
                routes.open(image(0, Optional.empty(), THREE, "203.0.113.7/24"));
                routes.apply(add(1));
                assertEquals("203.0.113.0/24 via 10.1.0.1 dev d0 metric 8 ", routes());
                routes.apply(add(2, 3));
                assertEquals("203.0.113.0/24 via 10.1.0.3 dev d0 metric 5 203.0.113.0/24 metric 8 "
                        + "nexthop via 10.1.0.1 dev d0 weight 1 nexthop via 10.1.0.2 dev d0 weight 1 ", routes());
                routes.apply(delete(3));
                routes.apply(delete(1));
                assertEquals("203.0.113.0/24 via 10.1.0.2 dev d0 metric 8 ", routes());
                routes.apply(delete(2));
                assertEquals("", routes());
                routes.apply(add(1, 2));
                routes.close();
                assertEquals(before, shell("ip route; ip -6 route"));
                return "";
            });
        }
    }

    @Test
    void inet6TablesAndLabels() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                assertEquals("", shell(LINKS));
                LinuxRoutes six = new LinuxRoutes(Set::of);
                six.open(image(0, Optional.empty(), List.of(gateway(1, "fd00:1::1", OptionalInt.empty()),
                        gateway(2, "fd00:1::2", OptionalInt.empty()), gateway(3, "fe80::3%d0", OptionalInt.empty())),
                        "2001:db8::/32", "::/0"));
                six.apply(add(1, 2, 3));
                six.apply(delete(2));
                assertEquals("2001:db8::/32 metric 8 pref medium nexthop via fd00:1::1 dev d0 weight 1 nexthop via "
                        + "fe80::3 dev d0 weight 1 default metric 8 pref medium nexthop via fd00:1::1 dev d0 weight 1 "
                        + "nexthop via fe80::3 dev d0 weight 1 ", routes());
                six.close();
                LinuxRoutes labelled = new LinuxRoutes(Set::of);
                labelled.open(image(42, Optional.of("wan"), THREE, "0.0.0.0/0"));
                labelled.apply(add(1));
                assertEquals("default via 10.1.0.1 dev d0 table 42 metric 8 ", routes());
                labelled.close();
                assertEquals("", routes());
                return "";
            });
        }
    }

    /** A checked configuration names an interface by its number. */
    @Test
    void linkLocalGatewaysHaveTheNumberOfTheirInterface() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                assertEquals("", shell(LINKS));
                int number = NetworkInterface.getByName("d0").getIndex();
                LinuxRoutes routes = new LinuxRoutes(Set::of);
                routes.open(image(0, Optional.empty(), List.of(gateway(1, "fe80::3%" + number, OptionalInt.empty())),
                        "2001:db8::/32"));
                routes.apply(add(1));
                assertEquals("2001:db8::/32 via fe80::3 dev d0 metric 8 pref medium ", routes());
                routes.close();
                return "";
            });
        }
    }

    @Test
    void routesThatAnotherProgramRemovedComeBack() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                assertEquals("", shell(LINKS));
                LinuxRoutes routes = new LinuxRoutes(Set::of);
                routes.open(image(0, Optional.empty(), THREE, "203.0.113.0/24", "198.51.100.0/24"));
                routes.apply(add(1, 2));
                assertEquals(0, routes.repair());
                String before = routes();
                shell("ip route del 203.0.113.0/24");
                assertEquals(1, routes.repair());
                assertEquals(before, routes().replaceFirst("(198.*)(203.*)", "$1$2"));
                shell("ip link set d0 down; ip link set d0 up");
                assertEquals(2, routes.repair());
                assertEquals(before, routes());
                return "";
            });
        }
    }

    @Test
    void routesOfOthersAreNeverReplaced() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                assertEquals("", shell(LINKS + "; ip route add 203.0.113.0/24 via 10.1.0.77 metric 8"));
                String before = shell("ip route");
                LinuxRoutes routes = new LinuxRoutes(Set::of);
                routes.open(image(0, Optional.empty(), THREE, "203.0.113.0/24"));
                KernelException refused = assertThrows(KernelException.class, () -> routes.apply(add(1)));
                assertEquals("route 203.0.113.0/24 metric 8: there is one of another program, protocol 3",
                        refused.getMessage());
                routes.close();
                assertEquals(before, shell("ip route"));
                return "";
            });
        }
    }

    @Test
    void whatAKilledDaemonLeftIsRemoved() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                assertEquals("", shell(LINKS + "; ip route add 203.0.113.0/24 via 10.1.0.1 metric 8 proto 200;"
                        + "ip route add 192.0.2.0/24 via 10.1.0.1 proto 201 table 7"));
                LinuxRoutes routes = new LinuxRoutes(Set::of);
                routes.open(image(0, Optional.empty(), THREE, "198.51.100.0/24"));
                assertEquals("", routes());
                return "";
            });
        }
    }

    @Test
    void aGatewayThatCannotBeReachedIsSaidAndTheOthersAreUsed() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                assertEquals("", shell(LINKS));
                LinuxRoutes routes = new LinuxRoutes(Set::of);
                routes.open(image(0, Optional.empty(), List.of(gateway(1, "10.1.0.1", OptionalInt.of(3)),
                        gateway(2, "172.16.0.1", OptionalInt.of(4))), "203.0.113.0/24"));
                KernelException refused = assertThrows(KernelException.class, () -> routes.apply(add(1, 2)));
                assertEquals(
                        "route 203.0.113.0/24 via [172.16.0.1]: Network is unreachable: Nexthop has invalid gateway",
                        refused.getMessage());
                assertEquals("203.0.113.0/24 via 10.1.0.1 dev d0 metric 3 ", routes());
                return "";
            });
        }
    }

    @Test
    void aGatewayThatCannotBeReachedDoesNotTakeThoseOfItsPriorityAway() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                assertEquals("", shell(LINKS));
                LinuxRoutes routes = new LinuxRoutes(Set::of);
                routes.open(image(0, Optional.empty(), List.of(gateway(1, "172.16.0.1", OptionalInt.empty()),
                        gateway(2, "10.1.0.1", OptionalInt.empty()), gateway(3, "10.1.0.2", OptionalInt.empty())),
                        "203.0.113.0/24"));
                assertThrows(KernelException.class, () -> routes.apply(add(1, 2, 3)));
                assertEquals("203.0.113.0/24 metric 8 nexthop via 10.1.0.1 dev d0 weight 1 nexthop via 10.1.0.2 dev d0 "
                        + "weight 1 ", routes());
                assertThrows(KernelException.class, () -> routes.apply(delete(2)));
                assertEquals("203.0.113.0/24 via 10.1.0.2 dev d0 metric 8 ", routes());
                assertThrows(KernelException.class, () -> routes.apply(delete(3)));
                assertEquals("", routes());
                assertThrows(KernelException.class, () -> routes.apply(add(2)));
                assertEquals("", shell("ip addr add 172.16.0.2/24 dev d0"));
                assertEquals(0, routes.repair());
                assertEquals(
                        "203.0.113.0/24 metric 8 nexthop via 172.16.0.1 dev d0 weight 1 nexthop via 10.1.0.1 dev d0 "
                                + "weight 1 ",
                        routes());
                return "";
            });
        }
    }

    @Test
    void routesOfADaemonThatRunsBesideThisOneStay() throws Exception {
        try (NetworkNamespace namespace = new NetworkNamespace()) {
            namespace.in(() -> {
                assertEquals("", shell(LINKS));
                LinuxRoutes other = new LinuxRoutes(Set::of);
                other.open(image(0, Optional.empty(), THREE, "203.0.113.0/24"));
                other.apply(add(1));
                String theirs = shell("ip route");
                Set<MultipathRoute.Key> claimed = Set.of(new MultipathRoute.Key(
                        new IpPrefix(IpAddress.parse("203.0.113.0").orElseThrow(), 24), 254, 8));
                LinuxRoutes routes = new LinuxRoutes(() -> claimed);
                routes.open(image(0, Optional.empty(), THREE, "198.51.100.0/24"));
                routes.apply(add(1));
                assertEquals(0, other.repair());
                routes.close();
                assertEquals(theirs, shell("ip route"));
                LinuxRoutes same = new LinuxRoutes(() -> claimed);
                same.open(image(0, Optional.empty(), THREE, "203.0.113.0/24"));
                KernelException refused = assertThrows(KernelException.class, () -> same.apply(add(2)));
                assertEquals("route 203.0.113.0/24 metric 8: another relayd has it", refused.getMessage());
                same.close();
                assertEquals(theirs, shell("ip route"));
                return "";
            });
        }
    }
}
