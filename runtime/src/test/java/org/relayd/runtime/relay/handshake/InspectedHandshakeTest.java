package org.relayd.runtime.relay.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.copy.CopyDialogue;
import org.relayd.runtime.relay.http.HttpDialogue;
import org.relayd.runtime.relay.http.HttpLoop;
import org.relayd.runtime.relay.http.HttpRelay;
import org.relayd.runtime.relay.session.FakeTls;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.Opening;
import org.relayd.runtime.relay.session.RelayTls;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport.Cause;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.inspect.LeafAuthority;
import org.relayd.runtime.tls.inspect.LeafMaker;
import org.relayd.runtime.tls.inspect.Leaves;
import org.relayd.runtime.tls.inspect.LocalAuthorityKey;

/** What happens between a client whose TLS is inspected, the target, and what makes certificates. */
class InspectedHandshakeTest {
    /** The alert handshake_failure. */
    private static final String ALERT = "\u0015\u0003\u0003\0\u0002\u0002(";

    private final TestCertificates server = TestCertificates.root("Internet").leaf("www.example.com");
    private final Queue<Runnable> making = new ArrayDeque<>();
    private final HeldWire client = new HeldWire();
    private final HeldWire target = new HeldWire();

    private static Paths hosts(String... addresses) {
        return new Paths().tls(TlsSettings.defaults(Dialect.CURRENT)).withTls(TlsSettings.defaults(Dialect.CURRENT))
                .timeout(Duration.ofSeconds(60)).table("t", 443, SchedulingMode.ROUNDROBIN, addresses);
    }

    private static Leaves leaves(java.util.concurrent.Executor executor) throws Exception {
        TestCertificates own = TestCertificates.root("Inspector");
        LocalKey key = new LocalKey(own.keys().getPrivate().getEncoded());
        return new Leaves(new LeafMaker(new LeafAuthority(own.chain(), new LocalAuthorityKey(own.certificate(), key))),
                executor, System::nanoTime);
    }

    private StandingLoop standing(Paths path) throws Exception {
        StandingLoop loop = new StandingLoop(path);
        loop.relay().tls(FakeTls.inspecting(leaves(making::add)));
        return loop;
    }

    private Session come(StandingLoop loop, Opening opening) {
        return loop.prepare(client, (session, wire) -> new InspectedHandshake(session, wire, opening));
    }

    private void made(StandingLoop loop) {
        making.remove().run();
        loop.pass(Duration.ofMillis(100));
    }

    private static String line(StandingLoop loop) {
        List<String> lines = loop.log().lines().stream().filter(line -> !line.startsWith("debug")).toList();
        assertEquals(1, lines.size(), lines.toString());
        return lines.getFirst();
    }

    @Test
    void targetIsReachedBeforeTheClientIsAnswered() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            come(loop, CopyDialogue::new);
            assertEquals("", client.sent());
            loop.connected(target);
            assertEquals("<to any>", target.sent());
            target.secured(server.chain());
            assertEquals("", client.sent());
            made(loop);
            assertEquals("<shows www.example.com>", client.sent());
            assertFalse(loop.isConnecting());
            client.secured();
            assertFalse(loop.isConnecting(), "there is a connection");
            assertEquals(0, loop.expected());
            client.come("hello");
            target.come("bye");
            assertEquals("<to any>hello", target.sent());
            assertEquals("<shows www.example.com>bye", client.sent());
            target.heard().ended();
            client.heard().ended();
            assertEquals("info relay r, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:443, done", line(loop));
            assertTrue(target.isClosed());
        }
    }

    @Test
    void nextClientFindsTheLeaf() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            come(loop, CopyDialogue::new);
            loop.connected(target);
            target.secured(server.chain());
            made(loop);
            HeldWire second = new HeldWire();
            HeldWire other = new HeldWire();
            loop.prepare(second, (session, wire) -> new InspectedHandshake(session, wire, CopyDialogue::new));
            loop.connected(other);
            other.secured(server.chain());
            assertEquals("<shows www.example.com>", second.sent());
            assertTrue(making.isEmpty());
        }
    }

    @Test
    void requestsGoToTheTargetThatIsThere() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1", "127.0.0.2").http(Protocol.HttpSettings.defaults(),
                Optional.empty(), new Filter.Rules(List.of())))) {
            HttpRelay http = new HttpRelay(loop.relay(), new HttpLoop(),
                    (RelayNode.Inspect.Http) loop.relay().path().inspect());
            come(loop, (session, wire) -> new HttpDialogue(http, session, wire));
            loop.connected(target);
            target.secured(server.chain());
            made(loop);
            client.secured();
            client.come("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertEquals("<to any>GET / HTTP/1.1\r\nHost: x\r\n\r\n", target.sent());
            target.come("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            assertTrue(client.sent().endsWith("ok"), client.sent());
            assertFalse(loop.isConnecting());
            target.heard().ended();
            client.come("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(loop.isConnecting(), "the next request gets another connection");
        }
    }

    @Test
    void clientOfATargetThatMayNotBeTrustedGetsAnAlert() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            come(loop, CopyDialogue::new);
            loop.connected(target);
            target.failed(TlsFailure.Kind.CERTIFICATE, "certificate has expired");
            assertEquals(ALERT, client.sent());
            assertEquals("lingering", client.closing());
            assertEquals("warn relay r, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:443, "
                    + "TLS handshake error: certificate has expired: Protocol error", line(loop));
            assertEquals(0, loop.expected());
            assertEquals(0, loop.relay().active());
        }
    }

    @Test
    void anotherHostOfTheTableMayDo() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1", "127.0.0.2"))) {
            come(loop, CopyDialogue::new);
            loop.connected(new HeldWire());
            loop.pass(Duration.ofSeconds(11));
            assertEquals("127.0.0.2", loop.goal());
            loop.connected(target);
            target.secured(server.chain());
            made(loop);
            assertEquals("<shows www.example.com>", client.sent());
        }
    }

    @Test
    void clientOfATargetThatCannotBeReachedIsReset() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            come(loop, CopyDialogue::new);
            loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
            assertTrue(client.isReset());
            assertEquals("", client.sent());
            assertTrue(line(loop).contains("socket error: Connection refused"), line(loop));
        }
    }

    @Test
    void targetWithoutCertificateIsRefused() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            come(loop, CopyDialogue::new);
            loop.connected(target);
            target.secured();
            assertEquals(ALERT, client.sent());
            assertTrue(target.isClosed());
            assertTrue(line(loop).contains("TLS handshake error: the target showed no certificate"), line(loop));
        }
    }

    @Test
    void tooManyCertificatesAtOnceAreRefused() throws Exception {
        try (StandingLoop loop = new StandingLoop(hosts("127.0.0.1"))) {
            loop.relay().tls(FakeTls.inspecting(leaves(_ -> {
                throw new RejectedExecutionException();
            })));
            come(loop, CopyDialogue::new);
            loop.connected(target);
            target.secured(server.chain());
            assertEquals(ALERT, client.sent());
            assertTrue(target.isClosed());
            assertTrue(line(loop).contains("too many certificates are being made"), line(loop));
        }
    }

    @Test
    void certificateHasTenSeconds() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            come(loop, CopyDialogue::new);
            loop.connected(target);
            target.secured(server.chain());
            loop.pass(Duration.ofSeconds(11));
            assertEquals(ALERT, client.sent());
            assertTrue(target.isClosed());
            assertTrue(line(loop).endsWith("TLS handshake timeout: Operation timed out"), line(loop));
            made(loop);
            assertEquals(ALERT, client.sent(), "too late");
        }
    }

    @Test
    void openingHasTheSessionTimeoutAltogether() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1").timeout(Duration.ofSeconds(10)))) {
            come(loop, CopyDialogue::new);
            loop.pass(Duration.ofSeconds(4));
            loop.connected(target);
            loop.pass(Duration.ofSeconds(4));
            target.secured(server.chain());
            made(loop);
            assertTrue(client.isSecuring());
            loop.pass(Duration.ofSeconds(3));
            assertEquals("at once", client.closing());
            assertTrue(target.isClosed());
            assertTrue(line(loop).endsWith("TLS handshake timeout: Operation timed out"), line(loop));
        }
    }

    @Test
    void clientThatIsGoneTakesTheTargetWithIt() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            come(loop, CopyDialogue::new);
            loop.connected(target);
            target.secured(server.chain());
            client.heard().broken(Fault.said("Connection reset by peer"));
            assertTrue(target.isReset());
            made(loop);
            assertEquals("", client.sent());
            assertTrue(line(loop).endsWith("Connection reset by peer: Connection reset by peer"), line(loop));
        }
    }

    @Test
    void clientThatFailsItsHandshakeTakesTheTargetWithIt() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            come(loop, CopyDialogue::new);
            loop.connected(target);
            target.secured(server.chain());
            made(loop);
            client.failed(TlsFailure.Kind.ALERT, "unknown ca");
            assertTrue(target.isClosed());
            assertTrue(line(loop).contains("TLS handshake error: unknown ca"), line(loop));
            assertEquals(0, loop.relay().active());
        }
    }

    @Test
    void targetThatBreaksOffMeanwhileTakesTheClientWithIt() throws Exception {
        for (boolean shown : new boolean[]{false, true}) {
            HeldWire victim = new HeldWire();
            HeldWire gone = new HeldWire();
            try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
                loop.prepare(victim, (session, wire) -> new InspectedHandshake(session, wire, CopyDialogue::new));
                loop.connected(gone);
                gone.secured(server.chain());
                if (shown) {
                    made(loop);
                }
                gone.heard().broken(Fault.said("Connection reset by peer"));
                assertTrue(victim.isReset());
                assertTrue(line(loop).endsWith("Connection reset by peer: Connection reset by peer"), line(loop));
                making.clear();
            }
        }
    }

    @Test
    void reloadMeanwhileHasTheOtherAuthoritySign() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            come(loop, CopyDialogue::new);
            loop.connected(target);
            target.secured(server.chain());
            RelayTls before = loop.relay().tls();
            loop.relay().tls(FakeTls.inspecting(leaves(making::add)));
            before.close();
            made(loop);
            assertEquals("", client.sent(), "that one may sign no more");
            made(loop);
            assertEquals("<shows www.example.com>", client.sent());
        }
    }

    @Test
    void reloadThatEndsInspectionMeanwhileRefusesTheClient() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            come(loop, CopyDialogue::new);
            loop.connected(target);
            target.secured(server.chain());
            loop.relay().tls(RelayTls.none());
            made(loop);
            assertEquals(ALERT, client.sent());
            assertTrue(target.isClosed());
            assertTrue(line(loop).contains("the relay inspects no more"), line(loop));
        }
    }

    @Test
    void daemonThatStopsClosesBoth() throws Exception {
        for (boolean shown : new boolean[]{false, true}) {
            HeldWire one = new HeldWire();
            HeldWire other = new HeldWire();
            try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
                Session session = loop.prepare(one,
                        (made, wire) -> new InspectedHandshake(made, wire, CopyDialogue::new));
                loop.connected(other);
                other.secured(server.chain());
                if (shown) {
                    made(loop);
                }
                session.drop();
                assertTrue(one.isClosed());
                assertTrue(other.isClosed());
                assertEquals(0, loop.relay().active());
                making.clear();
            }
        }
    }

    @Test
    void relayThatIsTakenOutServesWhoShakesHands() throws Exception {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            Session session = come(loop, CopyDialogue::new);
            session.retire();
            loop.connected(target);
            target.secured(server.chain());
            made(loop);
            client.secured();
            client.come("hello");
            assertEquals("<to any>hello", target.sent());
        }
    }
}
