package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;

/**
 * Clients do not notice a reload, whatever moves in the file around what they use. relayd.conf(5):
 * DIFFERENCES FROM OPENBSD.
 */
@Tag("netns")
class ReloadTrafficTest {
    private static final String ONE = """
            table <web> { 10.20.0.11, 10.20.0.12 }
            redirect www {
                    listen on 192.0.2.1 port 80
                    forward to <web> port 8080 check tcp
            }
            redirect dsr {
                    listen on 192.0.2.9 port 8080
                    route to <web> port 8080 check tcp interface br0
            }
            """;
    /** Other ids, another order of hosts, another check, a range and a tag. */
    private static final String OTHER = """
            table <web> { 10.20.0.12, 10.20.0.11 }
            redirect first {
                    listen on 192.0.2.2 port 80
                    sticky-address
                    forward to <web> port 8080 check tcp
            }
            redirect dsr {
                    listen on 192.0.2.9 port 8080
                    route to <web> port 8080 timeout 400 check icmp interface br0
            }
            redirect www {
                    listen on 192.0.2.1 port 70:80
                    pftag moved
                    session timeout 77
                    forward to <web> port 8080 check icmp
            }
            """;

    @RegisterExtension
    private static final Testbed TESTBED = new Testbed(2, 8080);

    @TempDir
    private Path folder;

    @BeforeAll
    static void giveTheServersTheAddress() throws Exception {
        for (int i = 0; i < 2; i++) {
            TESTBED.server(i).run("ip addr replace 192.0.2.9/32 dev lo");
        }
    }

    /** Visits until it is told to stop; returns how often nobody answered. */
    private static Callable<Integer> visiting(AtomicBoolean over) {
        return () -> {
            int unanswered = 0;
            while (!over.get()) {
                unanswered += new Visitor(TESTBED.client(), "10.10.0.2").name("192.0.2.1", 80).equals(Visitor.NOBODY)
                        ? 1
                        : 0;
            }
            return unanswered;
        };
    }

    @Test
    void noConnectionIsRefusedAndNoneBreaks() throws Exception {
        Path other = Files.writeString(folder.resolve("other.conf"), "interval 1\ntimeout 500\n" + OTHER);
        AtomicBoolean over = new AtomicBoolean();
        Visitor client = new Visitor(TESTBED.client(), "10.10.0.3");
        try (Balancer balancer = Balancer.start(TESTBED, folder, ONE)) {
            balancer.awaitHosts(2);
            balancer.await("nft list map ip relayd v_4 2>&1", "goto r_2_4");
            FutureTask<Integer> visits = new FutureTask<>(visiting(over));
            Thread visitor = Thread.ofPlatform().start(visits);
            try (Visitor.Visit translated = client.open("192.0.2.1", 80);
                    Visitor.Visit passedOn = client.open("192.0.2.9", 8080);
                    Visitor.Visit alsoPassedOn = client.open("192.0.2.9", 8080)) {
                for (int turn = 0; turn < 6; turn++) {
                    assertEquals(List.of(new ControlReply.Done()), balancer.relayd().ask(turn % 2 == 0
                            ? new ControlRequest.Load(other.toString())
                            : new ControlRequest.Reload()));
                    balancer.await("nft list map inet relayd v_4", turn % 2 == 0 ? "70-80" : ". 80 :");
                    translated.assertAlive();
                    passedOn.assertAlive();
                    alsoPassedOn.assertAlive();
                }
            } finally {
                over.set(true);
                visitor.join();
            }
            assertEquals(0, visits.get());
            assertTrue(balancer.relayd().lines().stream().noneMatch("pfe_sync: disabling ruleset"::equals),
                    balancer.relayd().lines().toString());
        }
    }
}
