package org.relayd.compiler.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.lower.RedirectFixture;
import org.relayd.compiler.lower.RouteLowering;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RoutePlan;

class RoutePrinterTest {

    @Test
    void gatewaysOfEqualPriorityShareARoute() {
        Router router = router(1, Optional.empty(), 0, List.of("203.0.113.7/24", "0.0.0.0/0"), gateway(1, "10.0.0.1"),
                gateway(2, "10.0.0.2"));
        assertEquals("""
                route replace 203.0.113.0/24 table 254 proto 200 metric 8 nexthop via 10.0.0.1 nexthop via 10.0.0.2
                route replace 0.0.0.0/0 table 254 proto 200 metric 8 nexthop via 10.0.0.1 nexthop via 10.0.0.2
                """, print(router));
    }

    @Test
    void aGatewayThatIsDownIsLeftOutAndARouteWithoutGatewaysToo() {
        Router router = router(1, Optional.empty(), 0, List.of("203.0.113.0/24"), gateway(1, "10.0.0.1"),
                gateway(2, "10.0.0.2"));
        assertEquals("route replace 203.0.113.0/24 table 254 proto 200 metric 8 via 10.0.0.2\n",
                RoutePrinter.print(plan(router), host -> host.number() == 2));
        assertEquals("", RoutePrinter.print(plan(router), host -> false));
    }

    @Test
    void prioritiesAreMetricsAndLabelsAreProtocolNumbers() {
        Router router = router(1, Optional.of("wan"), 42, List.of("2001:db8::/32"), gateway(1, "fe80::1%eth0", 5),
                gateway(2, "2001:db8:1::1"));
        assertEquals("""
                # rtlabel wan = proto 201
                route replace 2001:db8::/32 table 42 proto 201 metric 5 via fe80::1 dev eth0
                route replace 2001:db8::/32 table 42 proto 201 metric 8 via 2001:db8:1::1
                """, print(router));
    }

    @Test
    void routersThatNameTheSameDestinationShareARoute() {
        assertEquals("route replace 0.0.0.0/0 table 254 proto 200 metric 8 nexthop via 10.0.0.1 nexthop via 10.0.1.1\n",
                print(router(1, Optional.empty(), 0, List.of("0.0.0.0/0"), gateway(1, "10.0.0.1")),
                        router(2, Optional.empty(), 0, List.of("0.0.0.0/0"), gateway(2, "10.0.1.1"))));
    }

    @Test
    void aGatewayOfTheOtherFamilyIsLeftOutWithAWarning() {
        Router router = router(1, Optional.empty(), 0, List.of("0.0.0.0/0"), gateway(1, "fd00::1"));
        assertEquals("", print(router));
        assertEquals(List.of("router r1: gateway fd00::1 is not an inet address and gets no routes"),
                RouteLowering.warnings(plan(router).image()).stream().map(Diagnostic::message).toList());
    }

    private static String print(Router... routers) {
        return RoutePrinter.print(plan(routers), host -> true);
    }

    private static RoutePlan plan(Router... routers) {
        return RouteLowering.lower(RedirectFixture.config(List.of(), Arrays.asList(routers)));
    }

    private static Host gateway(int id, String address, int... priority) {
        return new Host(new HostId(id), address, IpAddress.parse(address).orElseThrow(), Optional.empty(), 0,
                OptionalInt.empty(), Arrays.stream(priority).findFirst());
    }

    private static Router router(int id, Optional<String> label, int rtable, List<String> destinations,
            Host... gateways) {
        List<Router.Route> routes = new ArrayList<>();
        for (String destination : destinations) {
            String[] parts = destination.split("/", -1);
            routes.add(new Router.Route(new RouteId(routes.size() + 1),
                    new IpPrefix(IpAddress.parse(parts[0]).orElseThrow(), Integer.parseInt(parts[1]))));
        }
        Table table = new Table(new TableId(id), "gw", "gw", new Port(0), false, false, Optional.empty(),
                Duration.ofMillis(200), Duration.ofSeconds(10), Optional.empty(), Optional.empty(),
                Arrays.asList(gateways), Table.Leftovers.none());
        return new Router(new RouterId(id), "r" + id, false, Optional.of(table), rtable, label,
                routes.getFirst().destination().address().family(), routes);
    }
}
