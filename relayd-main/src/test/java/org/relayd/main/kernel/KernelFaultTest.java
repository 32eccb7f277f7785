package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlRequest;

/** What is missing is named, everything else goes on, and what comes back is used again. relayd(8): DIAGNOSTICS. */
@Tag("netns")
class KernelFaultTest {
    private static final String BOTH = """
            table <web> { 10.20.0.11 }
            redirect www {
                    listen on 192.0.2.1 port 80
                    forward to <web> port 8080 check tcp
            }
            relay plain {
                    listen on 10.10.0.1 port 8080
                    forward to <web> port 8080 check tcp
            }
            """;

    @RegisterExtension
    private static final Testbed TESTBED = new Testbed(1, 8080);
    /** What the service calls itself. */
    private static final String A = "a";

    @TempDir
    private Path folder;

    private static Visitor client() {
        return new Visitor(TESTBED.client(), "10.10.0.2");
    }

    /** The relay serves although the redirection cannot. */
    private static void assertOnlyTheRelayServes() throws Exception {
        assertEquals(Map.of(A, 3), client().names("10.10.0.1", 8080, 3));
        assertEquals(Visitor.NOBODY, client().name("192.0.2.1", 80));
    }

    @Test
    void tablesThatSomebodyRemovesComeBack() throws Exception {
        try (Balancer balancer = Balancer.start(TESTBED, folder, BOTH)) {
            balancer.awaitHosts(1);
            assertEquals(A, client().name("192.0.2.1", 80));
            balancer.run("nft flush ruleset");
            balancer.relayd().await("packet filter: works again");
            assertEquals(A, client().name("192.0.2.1", 80));
            balancer.relayd()
                    .awaitStart("packet filter: nftables: table inet relayd_keep was removed by another program");
        }
        assertEquals("", TESTBED.balancer().run("nft list ruleset"));
    }

    @Test
    void withoutPrivilegesTheMessageSaysWhichOneIsMissing() throws Exception {
        try (Balancer balancer = Balancer.startBy(TESTBED, List.of("setpriv", "--bounding-set=-net_admin"), folder,
                BOTH + """
                        router uplinks {
                                route 198.51.100.0/24
                                forward to <web> port 8080 check tcp
                        }
                        """)) {
            balancer.relayd().await("redirections need CAP_NET_ADMIN", () -> balancer.relayd().lines().stream()
                    .anyMatch(line -> line.startsWith("packet filter: nftables: ")
                            && line.endsWith("redirections need root or the capability CAP_NET_ADMIN")));
            balancer.relayd().await("routers need CAP_NET_ADMIN", () -> balancer.relayd().lines().stream()
                    .anyMatch(line -> line.startsWith("routes: ")
                            && line.endsWith("routers need root or the capability CAP_NET_ADMIN")));
            assertOnlyTheRelayServes();
            assertEquals(1, balancer.relayd().lines().stream()
                    .filter(line -> line.startsWith("packet filter: nftables: ")).count(), "said once");
        }
    }

    @Test
    void withoutTheLibraryTheMessageSaysWhatToInstall() throws Exception {
        String library = TESTBED.balancer()
                .run("ldconfig -p | sed -n 's/.*libnftables\\.so\\.1 .*=> //p' | head -n 1").strip();
        assertTrue(library.startsWith("/"), library);
        try (Balancer balancer = Balancer.startBy(TESTBED, List.of("unshare", "-m", "sh", "-c",
                "mount --bind /dev/null " + library + " && exec \"$@\"", "sh"), folder, BOTH)) {
            balancer.relayd().await("packet filter: libnftables.so.1 is missing: install the package libnftables1 or "
                    + "nftables");
            assertOnlyTheRelayServes();
        }
    }

    @Test
    void aCheckScriptDecides() throws Exception {
        String checked = """
                table <web> { 10.20.0.11 }
                relay plain {
                        listen on 10.10.0.1 port 8080
                        forward to <web> port 8080 check script "/bin/false"
                }
                """;
        try (Balancer balancer = Balancer.start(TESTBED, folder, checked)) {
            balancer.relayd().awaitStart("host 10.20.0.11, check script (");
            assertEquals(A, client().name("10.10.0.1", 8080));
        }
    }

    @Test
    void aBurstOfOthersChangesDisturbsNothing() throws Exception {
        String before = TESTBED.balancer().run("ip route; nft list ruleset");
        // The router's host comes first, so that its name means that one.
        try (Balancer balancer = Balancer.start(TESTBED, folder, """
                table <up> { 10.20.0.11 }
                router uplinks {
                        route 198.51.100.0/24
                        forward to <up> port 8080 check tcp
                }
                """ + BOTH)) {
            balancer.awaitHosts(1);
            balancer.await("ip route", "198.51.100.0/24 via 10.20.0.11");
            Thread burst = Thread.ofPlatform().start(() -> {
                try {
                    balancer.run("for change in add del; do for i in $(seq 10000); do "
                            + "echo route $change blackhole 100.64.$((i / 250)).$((i % 250)); done; done | ip -batch -;"
                            + "for i in $(seq 50); do nft add table inet burst; nft delete table inet burst; done");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            for (boolean enabled = false; burst.isAlive(); enabled = !enabled) {
                balancer.toggle(ControlRequest.Kind.HOST, "10.20.0.11", enabled);
                balancer.await("ip route get 198.51.100.1 2>&1", enabled ? "via 10.20.0.11" : "unreachable");
            }
            burst.join();
            balancer.toggle(ControlRequest.Kind.HOST, "10.20.0.11", true);
            balancer.await("ip route", "198.51.100.0/24 via 10.20.0.11");
            balancer.awaitHosts(1);
            assertEquals(A, client().name("192.0.2.1", 80));
            assertEquals(List.of(), balancer.relayd().lines().stream()
                    .filter(line -> line.contains("had been removed")).toList());
        }
        assertEquals(before, TESTBED.balancer().run("ip route; nft list ruleset"));
    }
}
