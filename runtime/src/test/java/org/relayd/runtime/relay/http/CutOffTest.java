package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.relay.wire.Fault;

/** A stream over TLS that ends without a word may have been cut off by anybody (RFC 8446 6.1). */
class CutOffTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String CUT = ", TLS: connection ended without close_notify";

    private final StandingLoop loop = new StandingLoop(new Paths().to(80).http(Protocol.HttpSettings.defaults(),
            Optional.empty(), new Filter.Rules(List.of())));
    private final HeldWire client = new HeldWire();
    private final HeldWire target = new HeldWire();

    @AfterEach
    void end() {
        loop.close();
    }

    private void ask(HeldWire from) {
        HttpRelay http = new HttpRelay(loop.relay(), new HttpLoop(),
                (RelayNode.Inspect.Http) loop.relay().path().inspect());
        loop.arrive(from, (session, wire) -> new HttpDialogue(http, session, wire));
        from.come(REQUEST);
    }

    private void answered(String answer) {
        ask(client);
        loop.connected(target);
        target.come(answer);
    }

    private String line() {
        return loop.log().lines().stream().filter(line -> !line.startsWith("debug")).findFirst().orElse("none");
    }

    @Test
    void aClientBetweenRequestsHasJustLeft() {
        answered(ANSWER);
        client.heard().broken(Fault.CUT_OFF);
        assertTrue(line().endsWith(":80, done, GET"), line());
        assertTrue(line().startsWith("info "), line());
        // Its connection is good for the next one.
        ask(new HeldWire());
        assertFalse(loop.isConnecting());
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET / HTTP/1.1\r\nHo", REQUEST,
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1"})
    void aClientWithinARequestIsAnError(String part) {
        answered(ANSWER);
        client.come(part);
        client.heard().broken(Fault.CUT_OFF);
        assertTrue(line().startsWith("warn "), line());
        assertTrue(line().contains(CUT), line());
        assertTrue(client.isReset());
        assertTrue(target.isReset());
    }

    @Test
    void anAnswerThatLastsUntilTheEndIsNotWhole() {
        answered("HTTP/1.1 200 OK\r\n\r\nhalf");
        target.heard().broken(Fault.CUT_OFF);
        assertTrue(client.isReset());
        assertTrue(line().contains("TLS: connection ended without close_notify"), line());
    }

    @Test
    void anAnswerWithALengthThatIsNotReachedIsNotWhole() {
        answered("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
        target.heard().broken(Fault.CUT_OFF);
        assertTrue(client.isClosed());
        assertTrue(line().startsWith("warn "), line());
    }

    @Test
    void aTargetBetweenRequestsHasJustLeft() {
        answered(ANSWER);
        target.heard().broken(Fault.CUT_OFF);
        assertFalse(client.isClosed());
        client.come(REQUEST);
        assertTrue(loop.isConnecting());
        assertEquals("none", line());
    }
}
