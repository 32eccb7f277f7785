package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.control.ControlRequest.Kind;
import org.relayd.main.daemon.DaemonProcess;
import org.relayd.runtime.platform.linux.NetworkNamespace;

/**
 * A daemon that is killed, whenever that is, leaves one whole set of rules: that before or that
 * after what it was doing.
 */
@Tag("netns")
class KillTest {
    private static final Pattern SERVED = Pattern.compile("192\\.0\\.2\\.(\\d+) \\. tcp \\. (\\d+) : goto (r_\\d_4)");

    @RegisterExtension
    private static final Testbed TESTBED = new Testbed(2, 8080);

    @TempDir
    private Path folder;

    /** Two redirections; both have another port in each version. */
    private static String version(int number) {
        return """
                interval 1
                timeout 500
                table <web> { 10.20.0.11, 10.20.0.12 }
                redirect one {
                        listen on 192.0.2.1 port 80%1$d
                        forward to <web> port 8080 check tcp
                }
                redirect two {
                        listen on 192.0.2.2 port 80%1$d
                        sticky-address
                        forward to <web> port 8080 check tcp
                }
                """.formatted(number);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void duringTheStart(long seed) throws Exception {
        try (DaemonProcess starting = start()) {
            starting.await("startup");
            killWithin(1_500, seed, starting);
        }
        assertWhole();
        assertTheNextOneHasOneSet();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whileHostsComeAndGo(long seed) throws Exception {
        try (DaemonProcess switching = start()) {
            awaitService(switching);
            Thread asking = asking(switching, turn -> new ControlRequest.Switch(Kind.HOST,
                    new ControlRequest.SwitchTarget.ByName("10.20.0.12"), turn % 2 == 1));
            killWithin(500, seed, switching);
            asking.join();
        }
        assertEquals(2, assertWhole(), "both redirections serve");
        assertTrue(!new Visitor(TESTBED.client(), "10.10.0.2").name("192.0.2.1", 801).equals(Visitor.NOBODY));
        assertTheNextOneHasOneSet();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whileConfigurationsTakeTurns(long seed) throws Exception {
        Path other = Files.writeString(folder.resolve("other.conf"), version(2));
        try (DaemonProcess reloading = start()) {
            awaitService(reloading);
            Thread asking = asking(reloading, turn -> turn % 2 == 1 ? new ControlRequest.Reload()
                    : new ControlRequest.Load(other.toString()));
            killWithin(500, seed, reloading);
            asking.join();
        }
        assertWhole();
        assertTheNextOneHasOneSet();
    }

    private DaemonProcess start() throws Exception {
        return TESTBED.balancer().in(() -> DaemonProcess.start(folder, version(1)));
    }

    /** Kills a daemon at some moment of so many milliseconds, which it must not end before. */
    private static void killWithin(int milliseconds, long seed, DaemonProcess daemon) throws Exception {
        assertFalse(daemon.endsWithin(Duration.ofMillis(new Random(seed).nextInt(milliseconds))), "ended by itself");
        daemon.signal("KILL");
        daemon.exit();
    }

    /** What to ask next. */
    private interface Questions {
        ControlRequest of(int turn);
    }

    private static Thread asking(DaemonProcess daemon, Questions questions) {
        return Thread.ofPlatform().start(() -> {
            try {
                for (int turn = 0;; turn++) {
                    daemon.ask(questions.of(turn));
                }
            } catch (Exception dead) {
                // Killed.
            }
        });
    }

    private static void awaitService(DaemonProcess daemon) {
        daemon.await("two hosts for both redirections", () -> {
            try {
                String rules = TESTBED.balancer().run("nft list ruleset");
                return rules.contains("counter daemon_" + daemon.pid() + "_")
                        && rules.split("numgen inc mod 2 map", -1).length == 3;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Checks what the kernel has. Returns how many redirections serve. */
    private static int assertWhole() throws Exception {
        String rules = TESTBED.balancer().run("nft list ruleset");
        List<MatchResult> served = SERVED.matcher(rules).results().toList();
        assertTrue(served.stream().map(match -> match.group(2)).collect(Collectors.toSet()).size() <= 1,
                "both versions: " + rules);
        Set<String> chains = served.stream().map(match -> match.group(3)).collect(Collectors.toSet());
        for (String chain : List.of("r_1_4", "r_2_4")) {
            int dnat = between(rules, "chain " + chain + " {").split(" dnat ip to ", -1).length - 1;
            assertEquals(!chains.contains(chain) ? 0 : chain.equals("r_1_4") ? 1 : 2, dnat, rules);
        }
        return chains.size();
    }

    private static String between(String rules, String head) {
        int from = rules.indexOf(head);
        return from < 0 ? "" : rules.substring(from, rules.indexOf("\n\t}", from));
    }

    private void assertTheNextOneHasOneSet() throws Exception {
        NetworkNamespace machine = TESTBED.balancer();
        try (DaemonProcess next = start()) {
            awaitService(next);
            assertEquals(2, assertWhole());
            assertEquals("table inet relayd\ntable inet relayd_keep\n", machine.run("nft list tables | sort"));
            next.signal("TERM");
            assertEquals(0, next.exit());
        }
        assertEquals("", machine.run("nft list ruleset"));
    }
}
