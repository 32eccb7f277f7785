package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlRequest.Kind;

/** What each directive of a redirection does to traffic. relayd.conf(5): REDIRECTIONS. */
@Tag("netns")
class RedirectOptionsTest {
    private static final String TABLE = "table <web> { 10.20.0.11, 10.20.0.12, 10.20.0.13 }\n";

    @RegisterExtension
    private static final Testbed TESTBED = new Testbed(3);

    @TempDir
    private Path folder;
    private List<Service> services = List.of();

    @BeforeEach
    void serve() throws Exception {
        services = List.of(TESTBED.serve(0, 8080), TESTBED.serve(1, 8080), TESTBED.serve(2, 8080));
    }

    @AfterEach
    void end() {
        services.forEach(Service::close);
    }

    private Balancer start(String directives) throws Exception {
        return Balancer.start(TESTBED, folder, TABLE + "redirect www {\n" + directives + "}\n");
    }

    private static Visitor client(int last) {
        return new Visitor(TESTBED.client(), "10.10.0." + last);
    }

    @Test
    void stickyClientsStayWithTheirHost() throws Exception {
        try (Balancer balancer = start("""
                listen on 192.0.2.1 port 80
                sticky-address
                forward to <web> port 8080 check tcp
                """)) {
            balancer.awaitHosts(3);
            Set<String> hosts = new TreeSet<>();
            for (int i = 2; i <= 4; i++) {
                Map<String, Integer> names = client(i).names("192.0.2.1", 80, 5);
                assertEquals(1, names.size(), names.toString());
                hosts.addAll(names.keySet());
            }
            assertEquals(3, hosts.size(), "clients are spread over the hosts");
            String favourite = client(2).name("192.0.2.1", 80);
            services.get(favourite.charAt(0) - 'a').stopListening();
            balancer.awaitHosts(2);
            Map<String, Integer> others = client(2).names("192.0.2.1", 80, 5);
            assertEquals(1, others.size(), others.toString());
            assertTrue(!others.containsKey(favourite), others.toString());
        }
    }

    @Test
    void sourceHashGivesAClientOneHost() throws Exception {
        try (Balancer balancer = start("""
                listen on 192.0.2.1 port 80
                forward to <web> port 8080 mode source-hash "a key" check tcp
                """)) {
            balancer.await("nft list chain inet relayd r_1_4 2>&1", "jhash ip saddr mod 3 ");
            for (int i = 2; i <= 4; i++) {
                assertEquals(1, client(i).names("192.0.2.1", 80, 4).size());
            }
        }
    }

    @Test
    void aRangeKeepsThePortUnlessTheTableHasOne() throws Exception {
        Service more = TESTBED.serve(0, 8083);
        try (Balancer _ = Balancer.start(TESTBED, folder, """
                table <one> { 10.20.0.11 }
                redirect www {
                        listen on 192.0.2.1 port 8080:8090
                        forward to <one> check tcp
                }
                redirect other {
                        listen on 192.0.2.2 port 9000:9010
                        forward to <one> port 8083 check tcp
                }
                """)) {
            await("192.0.2.1", 8080);
            assertEquals("a 10.20.0.11 8080 10.10.0.2", client(2).visit("192.0.2.1", 8080));
            assertEquals("a 10.20.0.11 8083 10.10.0.2", client(2).visit("192.0.2.1", 8083));
            assertEquals(Visitor.NOBODY, client(2).visit("192.0.2.1", 8091));
            await("192.0.2.2", 9000);
            assertEquals("a 10.20.0.11 8083 10.10.0.2", client(2).visit("192.0.2.2", 9000));
            assertEquals("a 10.20.0.11 8083 10.10.0.2", client(2).visit("192.0.2.2", 9010));
        } finally {
            more.close();
        }
    }

    private static void await(String address, int port) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (client(2).name(address, port).equals(Visitor.NOBODY)) {
            assertTrue(System.nanoTime() < deadline, "nobody answers at " + address + " port " + port);
        }
    }

    @Test
    void datagramsGoToHostsInTurn() throws Exception {
        try (Balancer balancer = start("""
                listen on 192.0.2.53 udp port 53
                forward to <web> port 8080 check tcp
                """)) {
            balancer.awaitHosts(3);
            Set<String> three = new TreeSet<>();
            for (int i = 0; i < 3; i++) {
                three.add(client(2).ask("192.0.2.53", 53));
            }
            assertEquals(Set.of("a", "b", "c"), three);
        }
    }

    @Test
    void ipv6ConnectionsGoToIpv6Hosts() throws Exception {
        try (Balancer balancer = Balancer.start(TESTBED, folder, """
                table <web> { fd00:20::11, fd00:20::12, 10.20.0.13 }
                redirect www {
                        listen on 2001:db8::1 port 80
                        listen on 192.0.2.1 port 80
                        forward to <web> port 8080 check tcp
                }
                """)) {
            balancer.await("nft list chain inet relayd r_1_6 2>&1", "numgen inc mod 2 ");
            Visitor six = new Visitor(TESTBED.client(), "fd00:10::2");
            assertEquals(Map.of("a", 5, "b", 5), six.names("2001:db8::1", 80, 10));
            await("192.0.2.1", 80);
            assertEquals(Map.of("c", 4), client(2).names("192.0.2.1", 80, 4));
            balancer.terminate();
            assertEquals("", balancer.run("nft list ruleset"));
        }
    }

    @Test
    void anInterfaceRestrictsWhereConnectionsMayComeFrom() throws Exception {
        try (Balancer balancer = start("""
                listen on 192.0.2.1 port 80 interface ext0
                listen on 192.0.2.2 port 80 interface br0
                forward to <web> port 8080 check tcp
                """)) {
            balancer.awaitHosts(3);
            assertEquals(Map.of("a", 1, "b", 1, "c", 1), client(2).names("192.0.2.1", 80, 3));
            assertEquals(Visitor.NOBODY, client(2).name("192.0.2.2", 80));
            Visitor server = new Visitor(TESTBED.server(0), Testbed.address(0));
            assertEquals(Visitor.NOBODY, server.name("192.0.2.1", 80));
        }
    }

    @Test
    void theSessionTimeoutAndTheTagAreThoseOfTheConnection() throws Exception {
        try (Balancer balancer = start("""
                listen on 192.0.2.1 port 80
                session timeout 77
                pftag RELAYD
                forward to <web> port 8080 check tcp
                """)) {
            balancer.awaitHosts(3);
            checkConnection(balancer);
        }
    }

    private static void checkConnection(Balancer balancer) throws Exception {
        try (Visitor.Visit visit = client(2).open("192.0.2.1", 80)) {
            visit.assertAlive();
            String entry = balancer.run("conntrack -L -p tcp --orig-dst 192.0.2.1 --orig-port-src "
                    + visit.port() + " 2>/dev/null");
            Matcher seconds = Pattern.compile("tcp +6 (\\d+) ESTABLISHED").matcher(entry);
            assertTrue(seconds.find(), entry);
            int left = Integer.parseInt(seconds.group(1));
            assertTrue(left > 60 && left <= 77, entry);
            Matcher mark = Pattern.compile(" mark=(\\d+)").matcher(entry);
            assertTrue(mark.find(), entry);
            assertEquals(0x10000, Integer.parseInt(mark.group(1)) & 0xff0000, "tag 1: " + entry);
            assertEquals(visit.greeting().charAt(0) - 'a' + 1, Integer.parseInt(mark.group(1)) & 0xffff,
                    "number of the host: " + entry);
        }
    }

    @Test
    void directServerReturnSendsPacketsOnAsTheyAre() throws Exception {
        for (int i = 0; i < 3; i++) {
            TESTBED.server(i)
                    .run("ip addr replace 192.0.2.9/32 dev lo; ip -6 addr replace 2001:db8::9/128 dev lo nodad");
        }
        try (Balancer balancer = Balancer.start(TESTBED, folder, """
                table <web> { 10.20.0.11, 10.20.0.12, fd00:20::13 }
                redirect dsr {
                        listen on 192.0.2.9 port 8080
                        listen on 2001:db8::9 port 8080
                        route to <web> port 8080 check tcp interface br0
                }
                """)) {
            balancer.await("nft list chain ip relayd r_1_4 2>&1", "numgen inc mod 2 ");
            try (Visitor.Visit first = client(2).open("192.0.2.9", 8080)) {
                assertEquals(Map.of("a", 3, "b", 3), client(2).names("192.0.2.9", 8080, 6));
                assertTrue(first.greeting().endsWith(" 192.0.2.9 8080 10.10.0.2"), first.greeting());
                balancer.toggle(Kind.REDIRECT, "dsr", false);
                first.assertAlive();
                assertEquals(Visitor.NOBODY, client(2).name("192.0.2.9", 8080));
                balancer.toggle(Kind.REDIRECT, "dsr", true);
                balancer.await("nft list chain ip6 relayd r_1_6 2>&1", "numgen inc mod 1 ");
                assertEquals("c 2001:db8:0:0:0:0:0:9 8080 fd00:10:0:0:0:0:0:2",
                        new Visitor(TESTBED.client(), "fd00:10::2").visit("2001:db8::9", 8080));
                assertEquals("", balancer.run("conntrack -L -p tcp --orig-dst 192.0.2.9 2>/dev/null"));
            }
        }
    }

    @Test
    void leastStatesGivesNewConnectionsToTheHostsThatHaveFewest() throws Exception {
        List<Visitor.Visit> visits = new ArrayList<>();
        try (Balancer balancer = start("""
                listen on 192.0.2.1 port 80
                forward to <web> port 8080 mode least-states check tcp
                """)) {
            balancer.awaitHosts(64);
            balancer.toggle(Kind.HOST, "10.20.0.13", false);
            balancer.relayd().await("two hosts", () -> client2IsNever("c"));
            for (int i = 0; i < 20; i++) {
                visits.add(client(2).open("192.0.2.1", 80));
            }
            balancer.toggle(Kind.HOST, "10.20.0.13", true);
            balancer.await("nft list map inet relayd n_1_4 | grep -c '{ 0 : 0x00000003, 1 : 0x00000003' || true",
                    "1");
            assertEquals(Map.of("c", 5), client(2).names("192.0.2.1", 80, 5));
        } finally {
            for (Visitor.Visit visit : visits) {
                visit.close();
            }
        }
    }

    private static boolean client2IsNever(String host) {
        try {
            return !client(2).names("192.0.2.1", 80, 9).containsKey(host);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
