package org.relayd.runtime.relay.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.http.HttpDialogue;
import org.relayd.runtime.relay.http.HttpLoop;
import org.relayd.runtime.relay.http.HttpRelay;
import org.relayd.runtime.relay.session.FakeTls;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.RelayTls;
import org.relayd.runtime.relay.session.StandingLoop;

/** Requests on a connection that began under other rules for TLS (RFC 9110 15.5.20). */
class MisdirectedTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** Nobody, no client certificates, or those of an authority. */
    private static RelayTls tls(String word) {
        return switch (word) {
            case "clear" -> RelayTls.none();
            case "none" -> FakeTls.server(Optional.empty());
            default -> FakeTls.server(Optional.of(word));
        };
    }

    @ParameterizedTest
    @CsvSource({"none, none, true", "none, a, false", "a, none, true", "a, a, true", "a, b, false",
            "clear, clear, true",
            "clear, none, false", "none, clear, false", "clear, a, false", "a, clear, false"})
    void whoWasLetInUnderWeakerRulesHasToComeAgain(String before, String now, boolean admitted) {
        assertEquals(admitted, tls(now).admits(tls(before)));
    }

    private static HeldWire served(StandingLoop loop) {
        HttpRelay http = new HttpRelay(loop.relay(), new HttpLoop(),
                (RelayNode.Inspect.Http) loop.relay().path().inspect());
        HeldWire client = new HeldWire();
        loop.prepare(client, (session, wire) -> new ClientHandshake(session, wire,
                session.admitted().server().orElseThrow(), (next, side) -> new HttpDialogue(http, next, side)));
        client.secured();
        client.come(REQUEST);
        HeldWire target = new HeldWire();
        loop.connected(target);
        target.come(ANSWER);
        assertTrue(client.sent().endsWith("\r\n\r\nok"));
        return client;
    }

    private static StandingLoop loop(boolean pages) {
        StandingLoop loop = new StandingLoop(
                new Paths().to(80).tls(TlsSettings.defaults(Dialect.CURRENT)).http(Protocol.HttpSettings.defaults(),
                        pages ? Optional.of(new Protocol.ErrorPages(Optional.empty())) : Optional.empty(),
                        new Filter.Rules(List.of())));
        loop.relay().tls(tls("none"));
        return loop;
    }

    private static String line(StandingLoop loop) {
        return loop.log().lines().stream().filter(line -> !line.startsWith("debug")).findFirst().orElseThrow();
    }

    @Test
    void theNextRequestOfAClientWithoutTheCertificateIsRefused() {
        try (StandingLoop loop = loop(true)) {
            HeldWire client = served(loop);
            loop.relay().tls(tls("a"));
            client.come(REQUEST);
            assertTrue(client.sent().contains("okHTTP/1.0 421 Misdirected Request\r\n"), client.sent());
            assertEquals("lingering", client.closing());
            assertTrue(line(loop).contains("Misdirected Request (421 Misdirected Request), GET GET"), line(loop));
        }
    }

    @Test
    void withoutPagesItsConnectionEnds() {
        try (StandingLoop loop = loop(false)) {
            HeldWire client = served(loop);
            loop.relay().tls(tls("a"));
            client.come(REQUEST);
            assertTrue(client.sent().endsWith("ok"));
            assertTrue(client.isClosed());
        }
    }

    @Test
    void otherCertificatesOfTheRelayChangeNothing() {
        try (StandingLoop loop = loop(true)) {
            HeldWire client = served(loop);
            loop.relay().tls(tls("none"));
            client.come(REQUEST);
            assertFalse(client.isClosed());
        }
    }
}
