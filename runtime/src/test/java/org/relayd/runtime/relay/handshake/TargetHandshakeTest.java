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
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.copy.CopyDialogue;
import org.relayd.runtime.relay.http.HttpDialogue;
import org.relayd.runtime.relay.http.HttpLoop;
import org.relayd.runtime.relay.http.HttpRelay;
import org.relayd.runtime.relay.session.FakeTls;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport.Cause;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.tls.TlsFailure;

/** The handshake with a target is a part of connecting to it. */
class TargetHandshakeTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static Paths path() {
        return new Paths().withTls(TlsSettings.defaults(Dialect.CURRENT)).timeout(Duration.ofSeconds(60));
    }

    private static Paths hosts(String... addresses) {
        return path().table("t", 443, SchedulingMode.ROUNDROBIN, addresses);
    }

    private static StandingLoop standing(Paths path) {
        return standing(path, Dialect.CURRENT);
    }

    private static StandingLoop standing(Paths path, Dialect dialect) {
        StandingLoop loop = new StandingLoop(path, dialect);
        loop.relay().tls(FakeTls.client());
        return loop;
    }

    private static HeldWire copied(StandingLoop loop) {
        HeldWire client = new HeldWire();
        loop.arrive(client, CopyDialogue::new);
        return client;
    }

    private static HeldWire connected(StandingLoop loop) {
        HeldWire target = new HeldWire();
        loop.connected(target);
        return target;
    }

    private static String line(StandingLoop loop) {
        List<String> lines = loop.log().lines().stream().filter(line -> !line.startsWith("debug")).toList();
        assertEquals(1, lines.size(), lines.toString());
        return lines.getFirst();
    }

    @Test
    void nothingGoesToTheTargetBeforeItIsDoneButTheProxyHeader() {
        try (StandingLoop loop = standing(hosts("127.0.0.1").proxy(ProxyProtocol.V1))) {
            HeldWire client = copied(loop);
            HeldWire target = connected(loop);
            client.come("hello");
            String sent = target.sent();
            assertTrue(sent.startsWith("PROXY TCP4 127.0.0.1 127.0.0.1 0 "), sent);
            assertTrue(sent.endsWith("\r\n<to any>"), sent);
            assertEquals(0, loop.expected());
            assertTrue(loop.log().lines().stream().noneMatch(line -> line.contains("connected")));
            target.secured();
            assertEquals(sent + "hello", target.sent());
            assertTrue(loop.log().lines().getLast().contains("session 1 connected"));
            target.come("bye");
            assertEquals("bye", client.sent());
        }
    }

    @ParameterizedTest
    @CsvSource({"www.example.com, to www.example.com", "www.example.com., to www.example.com", "web_1, to web_1",
            "127.0.0.1, to any", "::1, to any", "lo, to any", "10.1, to any", "-, to -", "a..b, to any", "a b, to any"})
    void theNameInTheConfigurationIsTold(String written, String side) {
        try (StandingLoop loop = standing(path().named("t", 443, written))) {
            copied(loop);
            assertEquals("<" + side + ">", connected(loop).sent());
        }
    }

    @Test
    void aTargetThatMayNotBeTrustedEndsTheSession() {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            HeldWire client = copied(loop);
            HeldWire target = connected(loop);
            target.failed(TlsFailure.Kind.CERTIFICATE, "certificate has expired");
            assertEquals("after output", target.closing());
            assertTrue(client.isReset());
            assertEquals("warn relay r, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:443, "
                    + "TLS handshake error: certificate has expired: Protocol error", line(loop));
            assertEquals(0, loop.expected());
        }
    }

    @ParameterizedTest
    @CsvSource({"true, SSL connect error", "false, SSL connect timeout"})
    void dialect51HasOtherWords(boolean fails, String words) {
        try (StandingLoop loop = standing(hosts("127.0.0.1"), Dialect.V5_1)) {
            copied(loop);
            HeldWire target = connected(loop);
            if (fails) {
                target.failed(TlsFailure.Kind.GONE, "Connection reset by peer");
            } else {
                loop.pass(Duration.ofSeconds(11));
            }
            assertEquals("info relay r, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:443, " + words, line(loop));
        }
    }

    @Test
    void theNextHostOfTheTableIsAsked() {
        try (StandingLoop loop = standing(hosts("127.0.0.1", "127.0.0.2", "127.0.0.3"))) {
            HeldWire client = copied(loop);
            HeldWire expired = connected(loop);
            client.come("hel");
            assertEquals(0, loop.expected());
            expired.failed(TlsFailure.Kind.CERTIFICATE, "certificate has expired");
            assertEquals(1, loop.expected());
            loop.pass(Duration.ofMillis(100));
            assertEquals("127.0.0.2", loop.goal());
            loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
            assertEquals("127.0.0.3", loop.goal());
            client.come("lo");
            HeldWire good = connected(loop);
            good.secured();
            assertEquals("<to any>hello", good.sent());
            good.heard().ended();
            client.heard().ended();
            assertEquals("info relay r, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.3:443, done,"
                    + " 127.0.0.1:443 failed (certificate has expired); 127.0.0.2:443 failed (Connection refused);",
                    line(loop));
        }
    }

    @Test
    void itHasTenSecondsWithinTheTimeToConnect() {
        try (StandingLoop loop = standing(hosts("127.0.0.1", "127.0.0.2").timeout(Duration.ofSeconds(15)))) {
            HeldWire client = copied(loop);
            HeldWire first = connected(loop);
            loop.pass(Duration.ofSeconds(9));
            assertTrue(first.isSecuring());
            client.come("does not help");
            loop.pass(Duration.ofSeconds(2));
            assertEquals("at once", first.closing());
            assertEquals("127.0.0.2", loop.goal());
            loop.pass(Duration.ofSeconds(8));
            HeldWire second = connected(loop);
            loop.pass(Duration.ofSeconds(5));
            assertTrue(second.isSecuring());
            loop.pass(Duration.ofSeconds(2));
            assertTrue(client.isClosed());
            assertEquals("warn relay r, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.2:443, TLS handshake timeout,"
                    + " 127.0.0.1:443 failed (TLS handshake timeout);: Operation timed out", line(loop));
        }
    }

    @Test
    void aClientThatBreaksOffTakesTheTargetWithIt() {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            HeldWire client = copied(loop);
            HeldWire target = connected(loop);
            client.heard().broken(Fault.said("Connection reset by peer"));
            assertTrue(target.isClosed());
            assertTrue(line(loop).endsWith("Connection reset by peer: Connection reset by peer"));
        }
    }

    @Test
    void aReloadWhileTheConnectIsUnderWayHoldsForItsHandshake() {
        try (StandingLoop loop = standing(hosts("127.0.0.1"))) {
            copied(loop);
            loop.relay().tls(FakeTls.client());
            assertTrue(connected(loop).isSecuring());
        }
    }

    private static StandingLoop http(Paths path, boolean pages) {
        return standing(path.http(Protocol.HttpSettings.defaults(),
                pages ? Optional.of(new Protocol.ErrorPages(Optional.empty())) : Optional.empty(),
                new Filter.Rules(List.of())));
    }

    private static HeldWire asking(StandingLoop loop) {
        HttpRelay http = new HttpRelay(loop.relay(), new HttpLoop(),
                (RelayNode.Inspect.Http) loop.relay().path().inspect());
        HeldWire client = new HeldWire();
        loop.arrive(client, (session, wire) -> new HttpDialogue(http, session, wire));
        client.come(REQUEST);
        return client;
    }

    @Test
    void whoAsksByHttpIsToldThatTheGatewayIsBad() {
        try (StandingLoop loop = http(hosts("127.0.0.1"), true)) {
            HeldWire client = asking(loop);
            connected(loop).failed(TlsFailure.Kind.PROTOCOL, "no protocol in common");
            assertTrue(client.sent().startsWith("HTTP/1.0 502 Bad Gateway\r\n"), client.sent());
            assertTrue(line(loop).contains("TLS handshake error: no protocol in common (502 Bad Gateway), GET"),
                    line(loop));
        }
    }

    @Test
    void whoAsksByHttpIsToldThatTheGatewayIsLate() {
        try (StandingLoop loop = http(hosts("127.0.0.1"), true)) {
            HeldWire client = asking(loop);
            connected(loop);
            loop.pass(Duration.ofSeconds(11));
            assertTrue(client.sent().startsWith("HTTP/1.0 504 Gateway Timeout\r\n"), client.sent());
            assertTrue(line(loop).contains("TLS handshake timeout (504 Gateway Timeout), GET"), line(loop));
        }
    }

    @Test
    void aConnectionServesAnotherSessionUntilTheWayToSpeakTlsIsAnotherOne() {
        try (StandingLoop loop = http(hosts("127.0.0.1"), false)) {
            HeldWire first = asking(loop);
            HeldWire target = connected(loop);
            target.secured();
            target.come(ANSWER);
            first.heard().ended();
            assertFalse(target.isClosed());
            HeldWire second = asking(loop);
            assertFalse(loop.isConnecting());
            target.come(ANSWER);
            assertTrue(second.sent().endsWith("ok"));
            second.heard().ended();
            loop.relay().tls(FakeTls.client());
            HeldWire third = asking(loop);
            assertTrue(target.isClosed());
            HeldWire other = connected(loop);
            assertTrue(other.isSecuring());
            other.secured();
            other.come(ANSWER);
            assertTrue(third.sent().endsWith("ok"));
        }
    }

    @Test
    void aConnectionThatWasMadeBeforeTheChangeIsNotKeptAfterIt() {
        try (StandingLoop loop = http(hosts("127.0.0.1"), false)) {
            HeldWire first = asking(loop);
            HeldWire target = connected(loop);
            target.secured();
            target.come(ANSWER);
            loop.relay().tls(FakeTls.client());
            first.come(REQUEST);
            target.come(ANSWER);
            assertTrue(first.sent().endsWith("ok"));
            first.heard().ended();
            asking(loop);
            assertTrue(loop.isConnecting());
            assertTrue(target.isClosed());
        }
    }
}
