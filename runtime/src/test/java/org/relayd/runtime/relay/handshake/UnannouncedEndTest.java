package org.relayd.runtime.relay.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.plan.RelayNode;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.copy.CopyDialogue;
import org.relayd.runtime.relay.http.HttpDialogue;
import org.relayd.runtime.relay.http.HttpLoop;
import org.relayd.runtime.relay.http.HttpRelay;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.relay.wire.Fault;

/**
 * What the other side and the log learn of a side that leaves without announcing it, as TLS demands: whether something
 * is missing cannot be known, so nobody is told that nothing is.
 */
class UnannouncedEndTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";

    private Optional<StandingLoop> standing = Optional.empty();
    private final HeldWire client = new HeldWire();
    private final HeldWire target = new HeldWire();

    @AfterEach
    void close() {
        standing.ifPresent(StandingLoop::close);
    }

    private void copy() {
        StandingLoop loop = new StandingLoop(new Paths().to(80).timeout(Duration.ofSeconds(60)));
        standing = Optional.of(loop);
        loop.arrive(client, CopyDialogue::new);
        loop.connected(target);
    }

    private void http(String... asked) {
        StandingLoop loop = new StandingLoop(new Paths().to(80).http(
                new Protocol.HttpSettings(8192, true, Optional.empty()),
                Optional.of(new Protocol.ErrorPages(Optional.empty())), new Filter.Rules(List.of())));
        standing = Optional.of(loop);
        HttpRelay http = new HttpRelay(loop.relay(), new HttpLoop(),
                (RelayNode.Inspect.Http) loop.relay().path().inspect());
        loop.arrive(client, (session, wire) -> new HttpDialogue(http, session, wire));
        if (loop.isConnecting()) {
            loop.connected(target);
        }
        for (String text : asked) {
            client.come(text);
        }
        if (loop.isConnecting()) {
            loop.connected(target);
        }
    }

    private void cut(HeldWire side) {
        side.heard().broken(Fault.CUT_OFF);
    }

    private void assertLine(String end) {
        List<String> lines = standing.orElseThrow().log().lines().stream().filter(line -> !line.startsWith("debug"))
                .toList();
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.getFirst().contains(end), lines.getFirst());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoIsCopiedAndCutOffIsCutOffOnTheOtherSide(boolean fromTarget) {
        copy();
        HeldWire side = fromTarget ? target : client;
        side.come("some");
        cut(side);
        assertTrue((fromTarget ? client : target).isReset());
        assertLine(Fault.CUT_OFF.text());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoLeavesAfterTheOtherSideHasSaidAllIsNotWorthALine(boolean fromTarget) {
        copy();
        (fromTarget ? client : target).heard().ended();
        cut(fromTarget ? target : client);
        assertTrue((fromTarget ? client : target).isReset());
        assertLine(", done");
    }

    @Test
    void aClientMayLeaveBetweenRequests() {
        http(REQUEST);
        target.come(ANSWER + "ok");
        cut(client);
        assertLine(", done");
        assertFalse(target.isReset());
    }

    @Test
    void aClientMayLeaveBeforeItsFirstRequest() {
        http();
        cut(client);
        assertLine(", done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HT", REQUEST, POST})
    void aRequestOrItsAnswerIsBrokenOff(String asked) {
        http(asked);
        cut(client);
        assertLine(Fault.CUT_OFF.text());
    }

    @Test
    void anAnswerWithItsLengthIsWholeWithoutAnEnd() {
        http(REQUEST);
        target.come(ANSWER + "ok");
        cut(target);
        assertEquals(ANSWER + "ok", client.sent());
        client.come(REQUEST);
        assertTrue(standing.orElseThrow().isConnecting());
    }

    @Test
    void anAnswerThatRunsToTheEndIsCutOffForTheClientToo() {
        http(REQUEST);
        target.come("HTTP/1.1 200 OK\r\n\r\nsome");
        cut(target);
        assertTrue(client.isReset());
        assertLine(Fault.CUT_OFF.text());
    }

    @Test
    void anAnswerWithoutAllOfItsLengthShowsThat() {
        http(REQUEST);
        target.come(ANSWER + "o");
        cut(target);
        assertEquals(ANSWER + "o", client.sent());
        assertFalse(client.isReset());
        assertTrue(client.isClosed());
        assertLine(Fault.CUT_OFF.text());
    }

    @Test
    void noAnswerIsABadGateway() {
        http(REQUEST);
        cut(target);
        assertTrue(client.sent().startsWith("HTTP/1.0 502 "), client.sent());
        assertLine(Fault.CUT_OFF.text() + " (502 Bad Gateway)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTunnelIsCutOff(boolean ended) {
        http("""
                GET / HTTP/1.1\r
                Host: x\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                \r
                """);
        target.come("""
                HTTP/1.1 101 Switching Protocols\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
                \r
                """);
        if (ended) {
            client.heard().ended();
        }
        cut(target);
        assertTrue(client.isReset());
        assertLine(ended ? ", done" : Fault.CUT_OFF.text());
    }
}
