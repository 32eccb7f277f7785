package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlRequest.Kind;

/** Routes with several gateways, which are servers that all have the address behind them. relayd.conf(5): ROUTERS. */
@Tag("netns")
class RouteTrafficTest {
    private static final String UPLINKS = """
            table <gateways> { 10.20.0.11, 10.20.0.12 }
            router uplinks {
                    route 198.51.100.0/24
                    forward to <gateways> port 8080 check tcp
            }
            """;
    private static final String ROUTES = "ip route show proto 200 | tr '\\n\\t' '  ' | tr -s ' '";

    @TempDir
    private Path folder;

    private static Set<String> visited(Testbed testbed) throws Exception {
        return new TreeSet<>(new Visitor(testbed.client(), "10.10.0.2").names("198.51.100.1", 8080, 20).keySet());
    }

    @Test
    void routesFollowTheirGatewaysAndComeBackIfSomebodyRemovesThem() throws Exception {
        try (Testbed testbed = new Testbed(2).build();
                Service a = testbed.serve(0, 8080);
                Service b = testbed.serve(1, 8080)) {
            for (int i = 0; i < 2; i++) {
                testbed.server(i).run("ip addr add 198.51.100.1/32 dev lo");
            }
            // The hash of a route with several gateways takes in the ports, so that one client reaches both.
            testbed.balancer().run("echo 1 > /proc/sys/net/ipv4/fib_multipath_hash_policy;"
                    + "ip route add 203.0.113.0/24 via 10.20.0.11 proto static");
            String foreign = testbed.balancer().run("ip route; ip -6 route; ip rule");
            try (Balancer balancer = Balancer.start(testbed, folder, UPLINKS)) {
                balancer.await(ROUTES, "198.51.100.0/24 metric 8 nexthop via 10.20.0.11 dev br0 weight 1 "
                        + "nexthop via 10.20.0.12 dev br0 weight 1");
                assertEquals(Set.of(a.name(), b.name()), visited(testbed));
                b.stopListening();
                balancer.await(ROUTES, "198.51.100.0/24 via 10.20.0.11 dev br0 metric 8");
                assertEquals(Set.of(a.name()), visited(testbed));
                balancer.run("ip route del 198.51.100.0/24 metric 8");
                balancer.relayd().await("routes: 1 had been removed and were added again");
                assertEquals(Set.of(a.name()), visited(testbed));
                try (Service again = testbed.serve(1, 8080)) {
                    balancer.await(ROUTES, "nexthop via 10.20.0.12");
                    assertEquals(Set.of(a.name(), again.name()), visited(testbed));
                    balancer.toggle(Kind.HOST, "10.20.0.11", false);
                    balancer.await(ROUTES, "198.51.100.0/24 via 10.20.0.12 dev br0 metric 8");
                    assertEquals(Set.of(again.name()), visited(testbed));
                }
                balancer.await("test -z \"$(ip route show proto 200)\" && echo none", "none");
                assertEquals(Visitor.NOBODY, new Visitor(testbed.client(), "10.10.0.2").name("198.51.100.1", 8080));
                balancer.toggle(Kind.HOST, "10.20.0.11", true);
                balancer.await(ROUTES, "via 10.20.0.11");
                balancer.terminate();
                assertEquals(foreign, testbed.balancer().run("ip route; ip -6 route; ip rule"));
            }
        }
    }

    @Test
    void routesOfADaemonThatWasKilledAreRemovedByTheNextOneEvenIfItHasNoRouters() throws Exception {
        try (Testbed testbed = new Testbed(1).build(); Service a = testbed.serve(0, 8080)) {
            String before = testbed.balancer().run("ip route");
            try (Balancer killed = Balancer.start(testbed, folder,
                    UPLINKS.replace(", 10.20.0.12", "").replace("check tcp", "check tcp demote carp-" + a.name()))) {
                killed.await(ROUTES, "via 10.20.0.11");
                killed.kill();
            }
            assertTrue(testbed.balancer().run(ROUTES).contains("via 10.20.0.11"), "a kill leaves routes");
            try (Balancer next = Balancer.start(testbed, folder, """
                    table <web> { 10.20.0.11 }
                    relay www {
                            listen on 127.0.0.1 port 8080
                            forward to <web> port 8080 check tcp
                    }
                    """)) {
                next.relayd().await("removed what another relayd has left in the kernel");
                assertEquals(before, testbed.balancer().run("ip route"));
            }
        }
    }
}
