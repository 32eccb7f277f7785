package org.relayd.runtime.relay.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.relay.wire.Delivery;

class SessionEndTest {

    private static String row(SessionEnd end) {
        return String.join(" | ", end.text(), end.detail().orElse("-"), end.status().isPresent()
                ? Integer.toString(end.status().getAsInt()) : "-", end.entry(), end.closing().toString());
    }

    private static String rows(Stream<SessionEnd> ends) {
        return ends.map(SessionEndTest::row).collect(Collectors.joining("\n"));
    }

    @Test
    void eachEndHasItsWordsAndWhatFollowsFromIt() {
        assertEquals("""
                done | - | - | done | AFTER_OUTPUT
                done | - | - | done | LINGERING
                done | - | 499 | client left | AFTER_OUTPUT
                done | - | 499 | client left | RESET_AFTER_OUTPUT
                session closed | - | - | session closed | AFTER_OUTPUT
                buffer event timeout | Operation timed out | 504 | buffer event timeout | AT_ONCE
                buffer event timeout | Operation timed out | 408 | buffer event timeout | AT_ONCE
                splice timeout | Operation timed out | 504 | splice timeout | AT_ONCE
                udp timeout | Operation timed out | 504 | udp timeout | AT_ONCE
                connect timeout | Operation timed out | 504 | connect timeout | AT_ONCE
                connection timed out | Too many open files | 504 | connection timed out | AT_ONCE
                session failed | No route to host | 502 | session failed | AT_ONCE
                session NAT lookup failed | No route to host | 502 | session NAT lookup failed | AT_ONCE
                session aborted | Too many levels of connections | 502 | session aborted | AT_ONCE
                invalid chunk size | Invalid argument | 400 | invalid chunk size | AT_ONCE
                unexpected response | Bad message | 502 | unexpected response | AFTER_OUTPUT
                relay stopped | Operation canceled | 503 | relay stopped | AT_ONCE
                internal error | internal error | 500 | internal error | AT_ONCE""",
                rows(Arrays.stream(SessionEnd.Fixed.values())));
    }

    @Test
    void endsWithTheSystemsWordsAreErrors() {
        assertEquals("""
                Broken pipe | Broken pipe | 499 | client left | RESET
                Broken pipe | Broken pipe | 502 | target left | RESET
                TLS: no renegotiation | Protocol error | 499 | client left | RESET
                socket error: No route | No route | 502 | socket error: No route | RESET
                socket error | No route | 502 | socket error | RESET
                chunk size too long: trailers 9 | Message too long | 400 | chunk size too long: trailers 9 | AT_ONCE""",
                rows(Stream.of(new SessionEnd.Broken(Side.CLIENT, "Broken pipe"),
                        new SessionEnd.Broken(Side.TARGET, "Broken pipe"),
                        new SessionEnd.Broken(Side.CLIENT, "TLS: no renegotiation"),
                        new SessionEnd.SocketError("No route", Dialect.CURRENT),
                        new SessionEnd.SocketError("No route", Dialect.V5_1), new SessionEnd.LongChunk("trailers 9"))));
    }

    @Test
    void aHandshakeThatFailedIsAnErrorInTheWordsOfTheDialect() {
        assertEquals("""
                TLS handshake error: bad | Protocol error | - | TLS handshake error: bad | LINGERING
                TLS handshake error: bad | Protocol error | 502 | TLS handshake error: bad | LINGERING
                TLS handshake timeout | Operation timed out | - | TLS handshake timeout | LINGERING
                TLS handshake timeout | Operation timed out | 504 | TLS handshake timeout | LINGERING
                SSL accept error | Protocol error | - | SSL accept error | LINGERING
                SSL connect error | Protocol error | 502 | SSL connect error | LINGERING
                SSL accept timeout | Operation timed out | - | SSL accept timeout | LINGERING
                SSL connect timeout | Operation timed out | 504 | SSL connect timeout | LINGERING""",
                rows(Stream.of(Dialect.CURRENT, Dialect.V5_1)
                        .flatMap(dialect -> Stream.of(Optional.of("bad"), Optional.<String>empty())
                                .flatMap(why -> Stream.of(Side.values()).map(side -> new SessionEnd.NoHandshake(side,
                                        why, dialect, SessionEnd.Closing.LINGERING))))));
    }

    @Test
    void aRefusalIsAnErrorIfTheClientGotAPage() {
        SessionEnd silent = new SessionEnd.Refused(403, "Forbidden", Optional.empty());
        assertFalse(silent.detail().isPresent());
        assertEquals("""
                Forbidden | - | 403 | Forbidden | LINGERING
                malformed (400 Bad Request) | Bad Request | 400 | malformed | LINGERING""",
                rows(Stream.of(silent, new SessionEnd.Refused(400, "malformed", Optional.of("Bad Request")))));
    }

    @Test
    void aTargetThatFailsIsAnErrorWithAPageOrWithout() {
        assertEquals(
                """
                        target left (502 Bad Gateway) | Bad Gateway | 502 | target left | LINGERING
                        Connection reset by peer | Bad Gateway | 502 | Connection reset by peer | LINGERING
                        buffer event timeout (504 Gateway Timeout) | Gateway Timeout | 504 | buffer event timeout | LINGERING""",
                rows(Stream.of(new SessionEnd.TargetFailed("target left", 502, "Bad Gateway", true),
                        new SessionEnd.TargetFailed("Connection reset by peer", 502, "Bad Gateway", false),
                        new SessionEnd.TargetFailed("buffer event timeout", 504, "Gateway Timeout", true))));
    }

    @Test
    void aResetGoesToBothSides() {
        HeldWire client = new HeldWire();
        HeldWire target = new HeldWire();
        SessionEnd.Closing.RESET.client(client);
        SessionEnd.Closing.RESET.target(target);
        assertTrue(client.isReset());
        assertTrue(target.isReset());
    }

    @Test
    void aSideThatHasNotTakenAllGetsItBeforeAReset() {
        HeldWire client = new HeldWire();
        client.delivery(new Delivery(false, 0));
        HeldWire target = new HeldWire();
        SessionEnd.Closing.RESET_AFTER_OUTPUT.client(client);
        SessionEnd.Closing.RESET_AFTER_OUTPUT.target(target);
        assertTrue(client.isClosed() && !client.isReset());
        assertTrue(target.isReset());
    }

    @Test
    void aTargetOfARefusedRequestIsToldTheEndUnlessSomethingWaits() {
        HeldWire idle = new HeldWire();
        SessionEnd.Closing.LINGERING.target(idle);
        assertEquals("after output", idle.closing());
        HeldWire busy = new HeldWire();
        busy.congest();
        SessionEnd.Closing.LINGERING.target(busy);
        assertEquals("at once", busy.closing());
    }

    @Test
    void noOtherKindsOfEndsAreThere() {
        assertEquals("[Fixed, Broken, SocketError, NoHandshake, LongChunk, TargetFailed, Refused]",
                Arrays.stream(SessionEnd.class.getPermittedSubclasses())
                        .map(Class::getSimpleName).toList().toString());
    }
}
