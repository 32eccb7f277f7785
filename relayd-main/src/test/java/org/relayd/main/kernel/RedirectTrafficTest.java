package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlRequest.Kind;

/** Where connections to a redirection go while hosts come and go. relayd.conf(5): REDIRECTIONS. */
@Tag("netns")
class RedirectTrafficTest {
    private static final String WEB = """
            table <web> { 10.20.0.11, 10.20.0.12, 10.20.0.13 }
            """;
    private static final String WWW = WEB + """
            redirect www {
                    listen on 192.0.2.1 port 80
                    forward to <web> port 8080 check tcp
            }
            """;
    private static final String WITH_BACKUP = """
            table <web> { 10.20.0.11 }
            table <sorry> { 10.20.0.12 }
            redirect www {
                    listen on 192.0.2.1 port 80
                    forward to <web> port 8080 check tcp
                    forward to <sorry> port 8080 check tcp
            }
            """;

    @RegisterExtension
    private static final Testbed TESTBED = new Testbed(3);

    @TempDir
    private Path folder;

    private static Visitor client() {
        return new Visitor(TESTBED.client(), "10.10.0.2");
    }

    @Test
    void hostsGetEqualSharesAndSeeTheClientsAddress() throws Exception {
        try (Service a = TESTBED.serve(0, 8080);
                Service b = TESTBED.serve(1, 8080);
                Service c = TESTBED.serve(2, 8080);
                Balancer balancer = Balancer.start(TESTBED, folder, WWW)) {
            balancer.awaitHosts(3);
            assertEquals(Map.of(a.name(), 10, b.name(), 10, c.name(), 10), client().names("192.0.2.1", 80, 30));
            Set<String> said = new TreeSet<>();
            for (int i = 0; i < 3; i++) {
                said.add(client().visit("192.0.2.1", 80));
            }
            assertEquals(Set.of("a 10.20.0.11 8080 10.10.0.2", "b 10.20.0.12 8080 10.10.0.2",
                    "c 10.20.0.13 8080 10.10.0.2"), said);
        }
    }

    @Test
    void aHostThatFailsIsLeftInTimeAndOtherConnectionsLiveOn() throws Exception {
        try (Service a = TESTBED.serve(0, 8080);
                Service b = TESTBED.serve(1, 8080);
                Service c = TESTBED.serve(2, 8080);
                Balancer balancer = Balancer.start(TESTBED, folder, WWW)) {
            balancer.awaitHosts(3);
            try (Visitor.Visit first = client().open("192.0.2.1", 80);
                    Visitor.Visit second = client().open("192.0.2.1", 80);
                    Visitor.Visit third = client().open("192.0.2.1", 80)) {
                b.stopListening();
                long failed = System.nanoTime();
                long lastRefused = failed;
                while (System.nanoTime() - failed < 2 * Balancer.NOTICED_MS * 1_000_000) {
                    long began = System.nanoTime();
                    String name = client().name("192.0.2.1", 80);
                    if (!Set.of(a.name(), c.name()).contains(name)) {
                        assertEquals(Visitor.NOBODY, name);
                        lastRefused = began;
                    }
                }
                long noticed = (lastRefused - failed) / 1_000_000;
                assertTrue(noticed <= Balancer.NOTICED_MS, "connections reached the host for " + noticed + " ms");
                assertEquals(Map.of(a.name(), 10, c.name(), 10), client().names("192.0.2.1", 80, 20));
                for (Visitor.Visit visit : List.of(first, second, third)) {
                    visit.assertAlive();
                }
            }
            try (Service again = TESTBED.serve(1, 8080)) {
                balancer.awaitHosts(3);
                assertEquals(Map.of(a.name(), 5, again.name(), 5, c.name(), 5),
                        client().names("192.0.2.1", 80, 15));
            }
        }
    }

    @Test
    void theBackupTakesOverOnlyWhileNoHostOfTheMainTableIsUp() throws Exception {
        try (Service a = TESTBED.serve(0, 8080);
                Service b = TESTBED.serve(1, 8080);
                Balancer balancer = Balancer.start(TESTBED, folder, WITH_BACKUP)) {
            balancer.awaitHosts(1);
            assertEquals(Map.of(a.name(), 4), client().names("192.0.2.1", 80, 4));
            a.stopListening();
            balancer.await("nft list map inet relayd n_1_4", "{ 0 : 0x00000002");
            assertEquals(Map.of(b.name(), 4), client().names("192.0.2.1", 80, 4));
            try (Service again = TESTBED.serve(0, 8080)) {
                balancer.await("nft list map inet relayd n_1_4", "{ 0 : 0x00000001");
                assertEquals(Map.of(again.name(), 4), client().names("192.0.2.1", 80, 4));
            }
        }
    }

    @Test
    void whileNoHostIsUpNothingIsRedirected() throws Exception {
        try (Balancer balancer = Balancer.start(TESTBED, folder, WWW)) {
            balancer.relayd().awaitStart("host 10.20.0.13,");
            balancer.await("nft list tables", "inet relayd\n");
            assertEquals(Visitor.NOBODY, client().name("192.0.2.1", 80));
            assertFalse(balancer.run("nft list map inet relayd v_4").contains("goto"));
            try (Service b = TESTBED.serve(1, 8080)) {
                balancer.awaitHosts(1);
                assertEquals(b.name(), client().name("192.0.2.1", 80));
            }
        }
    }

    @Test
    void relayctlSwitchesAndOpenConnectionsLiveOn() throws Exception {
        try (Service a = TESTBED.serve(0, 8080);
                Service b = TESTBED.serve(1, 8080);
                Service c = TESTBED.serve(2, 8080);
                Balancer balancer = Balancer.start(TESTBED, folder, WWW)) {
            balancer.awaitHosts(3);
            try (Visitor.Visit before = client().open("192.0.2.1", 80)) {
                balancer.toggle(Kind.HOST, "10.20.0.12", false);
                balancer.awaitHosts(2);
                assertEquals(Map.of(a.name(), 5, c.name(), 5), client().names("192.0.2.1", 80, 10));
                balancer.toggle(Kind.HOST, "10.20.0.12", true);
                balancer.awaitHosts(3);
                balancer.toggle(Kind.REDIRECT, "www", false);
                assertEquals(Visitor.NOBODY, client().name("192.0.2.1", 80));
                before.assertAlive();
                balancer.toggle(Kind.REDIRECT, "www", true);
                balancer.awaitHosts(3);
                assertEquals(Map.of(a.name(), 2, b.name(), 2, c.name(), 2), client().names("192.0.2.1", 80, 6));
                balancer.toggle(Kind.TABLE, "web:8080", false);
                balancer.relayd().await("no rules", () -> balancer.relayd().lines().stream()
                        .filter("pfe_sync: disabling ruleset"::equals).count() == 2);
                assertEquals(Visitor.NOBODY, client().name("192.0.2.1", 80));
                before.assertAlive();
            }
        }
    }
}
