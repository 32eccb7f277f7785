package org.relayd.runtime.relay.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.copy.CopyDialogue;
import org.relayd.runtime.relay.session.FakeTls;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.tls.TlsFailure;

/** What comes before a client that speaks TLS can say anything. */
class ClientHandshakeTest {
    private static final String LINE = " (1 active), 0, 127.0.0.1 -> :80, ";

    private final Paths path = new Paths().to(80).tls(TlsSettings.defaults(Dialect.CURRENT))
            .timeout(Duration.ofSeconds(60));

    private static Session come(StandingLoop loop, HeldWire client) {
        loop.relay().tls(FakeTls.server(Optional.empty()));
        return loop.prepare(client, (session, wire) -> new ClientHandshake(session, wire,
                session.admitted().server().orElseThrow(), CopyDialogue::new));
    }

    private static List<String> lines(StandingLoop loop) {
        return loop.log().lines().stream().filter(line -> !line.startsWith("debug")).toList();
    }

    private static String line(StandingLoop loop) {
        List<String> lines = lines(loop);
        assertEquals(1, lines.size(), lines.toString());
        return lines.getFirst();
    }

    @Test
    void noTargetIsSoughtBeforeTheHandshakeIsDone() {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            Session session = come(loop, client);
            assertEquals("<server>", client.sent());
            assertFalse(loop.isConnecting());
            assertEquals(1, loop.expected());
            assertTrue(loop.log().lines().isEmpty());
            client.secured();
            assertTrue(loop.isConnecting());
            HeldWire target = new HeldWire();
            loop.connected(target);
            assertEquals(0, loop.expected());
            client.come("hello");
            assertEquals("hello", target.sent());
            assertFalse(session.isEnded());
            assertEquals(List.of("debug relay r, tls session 1 established (1 active)",
                    "debug relay r, tls session 1 connected (1 active)"), loop.log().lines());
        }
    }

    @Test
    void itHasTenSeconds() {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            Session session = come(loop, client);
            loop.pass(Duration.ofSeconds(9));
            // Whatever comes meanwhile.
            session.touch();
            assertTrue(client.isSecuring());
            loop.pass(Duration.ofSeconds(2));
            assertEquals("at once", client.closing());
            assertEquals("warn relay r, session 1" + LINE + "TLS handshake timeout: Operation timed out", line(loop));
            assertEquals(0, loop.expected());
            assertEquals(0, loop.relay().active());
        }
    }

    @Test
    void itHasTheSessionTimeoutIfThatIsShorter() {
        try (StandingLoop loop = new StandingLoop(path.timeout(Duration.ofSeconds(3)))) {
            HeldWire client = new HeldWire();
            come(loop, client);
            loop.pass(Duration.ofSeconds(2));
            assertTrue(client.isSecuring());
            loop.pass(Duration.ofSeconds(2));
            assertFalse(client.isSecuring());
        }
    }

    @Test
    void afterItTheSessionTimeoutCounts() {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            come(loop, client);
            loop.pass(Duration.ofSeconds(9));
            client.secured();
            loop.connected(new HeldWire());
            loop.pass(Duration.ofSeconds(58));
            assertFalse(client.isClosed());
            loop.pass(Duration.ofSeconds(3));
            assertTrue(line(loop).contains("buffer event timeout"));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"PLAIN_HTTP", "GONE"})
    void whoDoesNotAgreeGetsTheAlert(TlsFailure.Kind kind) {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            come(loop, client);
            client.failed(kind, "wrong version number");
            assertEquals("answered", client.closing());
            assertEquals("warn relay r, session 1" + LINE + "TLS handshake error: wrong version number: Protocol error",
                    line(loop));
            assertEquals(0, loop.expected());
            assertFalse(loop.isConnecting());
        }
    }

    @Test
    void whoIsGoneGetsNothing() {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            come(loop, client);
            client.failed(TlsFailure.Kind.GONE, "Connection reset by peer");
            assertEquals("at once", client.closing());
            assertTrue(line(loop).contains("TLS handshake error: Connection reset by peer"));
        }
    }

    @Test
    void whoSpeaksHttpInClearIsAnsweredInClear() {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            come(loop, client);
            client.failed(TlsFailure.Kind.PLAIN_HTTP, "HTTP without TLS");
            assertEquals(List.of("<server>HTTP/1.0 400 Bad Request", "Connection: close", "Content-Type: text/plain",
                    "Content-Length: 33", "", "This port speaks TLS: use https.\n"),
                    List.of(client.sent().split("\r\n")));
            assertEquals("lingering", client.closing());
            assertTrue(line(loop).contains("TLS handshake error: HTTP without TLS"));
        }
    }

    @ParameterizedTest
    @CsvSource({"PROTOCOL, SSL accept error", "GONE, SSL accept error", "PLAIN_HTTP, SSL accept error"})
    void dialect51HasOtherWords(TlsFailure.Kind kind, String words) {
        try (StandingLoop loop = new StandingLoop(path, Dialect.V5_1)) {
            HeldWire client = new HeldWire();
            come(loop, client);
            client.failed(kind, "bad record");
            assertEquals("info relay r, session 1" + LINE + words, line(loop));
        }
    }

    @Test
    void dialect51HasOtherWordsForTime() {
        try (StandingLoop loop = new StandingLoop(path, Dialect.V5_1)) {
            come(loop, new HeldWire());
            loop.pass(Duration.ofSeconds(11));
            assertEquals("info relay r, session 1" + LINE + "SSL accept timeout", line(loop));
        }
    }

    @Test
    void aFloodOfFailuresIsNoFloodOfLines() {
        try (StandingLoop loop = new StandingLoop(path)) {
            for (int i = 0; i < 1000; i++) {
                HeldWire client = new HeldWire();
                come(loop, client);
                client.failed(TlsFailure.Kind.PROTOCOL, "garbage");
            }
            assertEquals(10, lines(loop).size());
            loop.pass(Duration.ofMillis(1100));
            assertEquals(11, lines(loop).size());
            assertEquals("warn relay r: 990 more sessions without TLS handshake", lines(loop).getLast());
            HeldWire later = new HeldWire();
            come(loop, later);
            later.failed(TlsFailure.Kind.PROTOCOL, "garbage");
            assertTrue(lines(loop).getLast().startsWith("warn relay r, session 1001 (1 active)"));
            loop.pass(Duration.ofSeconds(2));
            assertEquals(12, lines(loop).size());
            assertEquals(1001, loop.relay().statistics().sessions());
            assertEquals(0, loop.relay().active());
        }
    }

    @Test
    void aRelayThatIsTakenOutServesWhoShakesHands() {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            Session session = come(loop, client);
            session.retire();
            assertTrue(client.isSecuring());
            client.secured();
            assertTrue(loop.isConnecting());
        }
    }

    @Test
    void aDaemonThatStopsClosesIt() {
        try (StandingLoop loop = new StandingLoop(path)) {
            HeldWire client = new HeldWire();
            Session session = come(loop, client);
            session.drop();
            assertEquals("at once", client.closing());
            assertEquals(0, loop.expected());
            assertEquals(0, loop.relay().active());
        }
    }
}
