package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlRequest.Kind;

/** What the kernel has before, during and after the life of a daemon, however that ends. relayd(8). */
@Tag("netns")
class LifeTest {
    private static final String FOREIGN = """
            table inet foreign {
                set s { type ipv4_addr; elements = { 192.0.2.7 } ; }
                chain c { type filter hook forward priority filter; policy accept; ip daddr @s drop; }
            }
            table ip relay { chain r_1_4 { type nat hook prerouting priority -100; }; }
            table inet relayd_mine { map v_4 { type ipv4_addr : verdict; }; }
            """;
    private static final String WWW = """
            table <web> { 10.20.0.11, 10.20.0.12 }
            redirect www {
                    listen on 192.0.2.1 port 80
                    sticky-address
                    forward to <web> port 8080 check tcp
            }
            redirect dsr {
                    listen on 192.0.2.9 port 80
                    listen on 2001:db8::9 port 80
                    route to <web> port 8080 check tcp interface br0
            }
            """;
    private static final String RELAY = """
            table <web> { 10.20.0.11 }
            relay www {
                    listen on 10.10.0.1 port 8080
                    forward to <web> port 8080 check tcp
            }
            """;

    @RegisterExtension
    private static final Testbed TESTBED = new Testbed(2, 8080);

    @TempDir
    private Path folder;

    @AfterEach
    void clean() throws Exception {
        TESTBED.balancer().run("nft flush ruleset");
    }

    private static Visitor client() {
        return new Visitor(TESTBED.client(), "10.10.0.2");
    }

    private static String ruleset() throws Exception {
        return TESTBED.balancer().run("nft list ruleset; ip rule; ip -6 rule; ip route; ip -6 route");
    }

    @Test
    void nothingOfOthersIsTouchedAndNothingOfOursIsLeft() throws Exception {
        TESTBED.balancer().run("cat > " + folder.resolve("foreign") + " <<'END'\n" + FOREIGN + "END\nnft -f "
                + folder.resolve("foreign"));
        String before = ruleset();
        try (Balancer balancer = Balancer.start(TESTBED, folder, WWW)) {
            balancer.awaitHosts(2);
            assertEquals(List.of("inet foreign", "inet relayd", "inet relayd_keep", "inet relayd_mine", "ip relay",
                    "ip relayd", "ip6 relayd"), tables());
            balancer.toggle(Kind.HOST, "10.20.0.11", false);
            balancer.awaitHosts(1);
        }
        assertEquals(before, ruleset());
    }

    private static List<String> tables() throws Exception {
        return TESTBED.balancer().run("nft list tables").lines().map(line -> line.substring("table ".length()))
                .sorted().toList();
    }

    @Test
    void afterAKillTheNextDaemonHasExactlyOneSet() throws Exception {
        try (Balancer killed = Balancer.start(TESTBED, folder, WWW)) {
            killed.awaitHosts(2);
            killed.kill();
        }
        assertTrue(ruleset().contains("table inet relayd {"), "a kill leaves tables");
        assertEquals("a", client().name("192.0.2.1", 80).replace('b', 'a'), "and they go on working");
        try (Balancer next = Balancer.start(TESTBED, folder, WWW.substring(0, WWW.indexOf("redirect dsr")))) {
            next.relayd().await("pfe_sync: enabling ruleset");
            next.awaitHosts(2);
            assertEquals(List.of("inet relayd", "inet relayd_keep"), tables());
            assertEquals(1, next.run("nft list counters").lines().filter(line -> line.contains("counter daemon_"))
                    .count());
        }
        assertEquals(List.of(), tables());
    }

    @Test
    void aDaemonThatNeedsNoPacketFilterRemovesWhatAKillLeft() throws Exception {
        try (Balancer killed = Balancer.start(TESTBED, folder, WWW)) {
            killed.awaitHosts(2);
            killed.kill();
        }
        try (Balancer next = Balancer.start(TESTBED, folder, RELAY)) {
            next.relayd().await("removed what another relayd has left in the kernel");
            assertEquals(List.of(), tables());
        }
        try (Balancer third = Balancer.start(TESTBED, folder, RELAY)) {
            third.relayd().awaitStart("host 10.20.0.11,");
            assertEquals(List.of(), third.relayd().lines().stream().filter(line -> line.startsWith("removed"))
                    .toList());
        }
    }

    @Test
    void openConnectionsOutliveTheDaemonIfSomethingElseTranslatesToo() throws Exception {
        TESTBED.balancer().run("nft 'table inet firewall { chain c { type nat hook prerouting priority 0; "
                + "ct state invalid return; }; }'");
        try (Balancer balancer = Balancer.start(TESTBED, folder, WWW)) {
            balancer.awaitHosts(2);
            try (Visitor.Visit visit = client().open("192.0.2.1", 80)) {
                visit.assertAlive();
                balancer.terminate();
                visit.assertAlive();
                assertEquals(List.of("inet firewall"), tables());
            }
        }
    }

    private static String daemon(int number) {
        return """
                table <web> { 10.20.0.11, 10.20.0.12 }
                redirect www {
                        listen on 192.0.2.%1$d port 80
                        forward to <web> port 8080 check tcp
                }
                router uplinks {
                        route 198.51.100.%1$d/32
                        rtlabel "up%1$d"
                        forward to <web> port 8080 check tcp
                }
                """.formatted(number);
    }

    @Test
    void daemonsLeaveEachOthersTablesAndRoutesAlone() throws Exception {
        Path second = Files.createDirectory(folder.resolve("second"));
        String before = ruleset();
        try (Balancer one = Balancer.start(TESTBED, folder, daemon(1))) {
            one.awaitHosts(2);
            one.await("ip route", "198.51.100.1 proto 201");
            String alone = ruleset();
            try (Balancer two = Balancer.start(TESTBED, second, daemon(2))) {
                two.await("nft list chain inet relayd_2 r_1_4 2>&1", "numgen inc mod 2 ");
                two.await("ip route", "198.51.100.2 proto 201");
                assertTrue(!client().name("192.0.2.1", 80).equals(Visitor.NOBODY));
                assertTrue(!client().name("192.0.2.2", 80).equals(Visitor.NOBODY));
                two.terminate();
            }
            assertEquals(uncounted(alone), uncounted(ruleset()), "after the end of the other");
            assertTrue(!client().name("192.0.2.1", 80).equals(Visitor.NOBODY));
            try (Balancer killed = Balancer.start(TESTBED, second, daemon(2))) {
                killed.await("ip route", "198.51.100.2 proto 201");
                killed.await("nft list chain inet relayd_2 r_1_4 2>&1", "numgen inc mod 2 ");
                killed.kill();
            }
            try (Balancer again = Balancer.start(TESTBED, second, daemon(3))) {
                again.await("ip route", "198.51.100.3 proto 201");
                again.await("nft list chain inet relayd_2 r_1_4 2>&1", "numgen inc mod 2 ");
                assertEquals(List.of("inet relayd", "inet relayd_2", "inet relayd_2_keep", "inet relayd_keep"),
                        tables());
                assertEquals("", again.run("ip route show 198.51.100.2"), "what the killed one left");
            }
            assertEquals(uncounted(alone), uncounted(ruleset()), "after the end of one that was killed");
            assertEquals(List.of(), one.relayd().lines().stream()
                    .filter(line -> line.contains("removed") || line.contains("packet filter:")).toList());
        }
        assertEquals(before, ruleset());
    }

    private static String uncounted(String ruleset) {
        return ruleset.replaceAll("packets \\d+ bytes \\d+", "");
    }
}
