package org.relayd.runtime.relay.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.net.Port;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.tls.TlsEngine;

/** Time is that of {@link #clock}, which stands still until a test moves it. */
class ParkingTest {
    private static final TargetHost HERE = TargetHost.none(new Port(1));
    private static final TargetHost THERE = TargetHost.none(new Port(2));

    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final Parking parking = new Parking(clock.eventLoop());

    @BeforeEach
    void stopTime() {
        clock.freezeTime();
    }

    @AfterEach
    void closeAll() {
        parking.close();
        clock.finishAndReleaseAll();
    }

    private HeldWire park(TargetHost host) {
        HeldWire wire = new HeldWire();
        parking.park(host, Optional.empty(), wire);
        return wire;
    }

    private void pass(long milliseconds) {
        clock.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();
    }

    @Test
    void whatWasParkedLastIsTakenFirst() {
        HeldWire first = park(HERE);
        HeldWire second = park(HERE);
        assertEquals(Optional.empty(), parking.take(THERE, Optional.empty()));
        assertEquals(Optional.of(second), parking.take(HERE, Optional.empty()));
        assertEquals(Optional.of(first), parking.take(HERE, Optional.empty()));
        assertEquals(Optional.empty(), parking.take(HERE, Optional.empty()));
    }

    @Test
    void aConnectionStaysHalfASecondAtLeastAndASecondAtMost() {
        HeldWire first = park(HERE);
        pass(400);
        HeldWire second = park(HERE);
        pass(100);
        HeldWire third = park(HERE);
        pass(400);
        assertFalse(first.isClosed());
        pass(100);
        assertTrue(first.isClosed());
        assertTrue(second.isClosed());
        assertFalse(third.isClosed());
        pass(500);
        assertTrue(third.isClosed());
        assertEquals(Optional.empty(), parking.take(HERE, Optional.empty()));
    }

    @Test
    void oneThatTheTargetClosesOrSpeaksOnIsGivenToNobody() {
        HeldWire ended = park(HERE);
        ended.heard().ended();
        HeldWire reset = park(HERE);
        reset.heard().broken(Fault.said("reset"));
        HeldWire spoken = park(HERE);
        ByteBuf octets = Unpooled.copiedBuffer(new byte[2]);
        spoken.heard().received(octets);
        assertFalse(octets.isReadable());
        octets.release();
        assertTrue(ended.isClosed() && reset.isClosed() && spoken.isClosed());
        assertEquals(Optional.empty(), parking.take(HERE, Optional.empty()));
    }

    @Test
    void aTargetHasPlacesForSoManyOnly() {
        for (int i = 0; i < 256; i++) {
            assertFalse(park(HERE).isClosed());
        }
        assertTrue(park(HERE).isClosed());
        assertFalse(park(THERE).isClosed());
    }

    @Test
    void whatSpeaksTlsByAnOlderContextIsClosedAndGivenToNobody() {
        Optional<TlsEngine.ClientContext> before = FakeTls.client().client();
        Optional<TlsEngine.ClientContext> now = FakeTls.client().client();
        HeldWire plain = park(HERE);
        HeldWire present = new HeldWire();
        parking.park(HERE, now, present);
        HeldWire old = new HeldWire();
        parking.park(HERE, before, old);
        assertEquals(Optional.of(present), parking.take(HERE, now));
        assertTrue(old.isClosed());
        assertFalse(present.isClosed());
        assertEquals(Optional.empty(), parking.take(HERE, now));
        assertTrue(plain.isClosed());
    }

    @Test
    void whatIsTakenIsNotClosedLater() {
        HeldWire wire = park(HERE);
        assertEquals(Optional.of(wire), parking.take(HERE, Optional.empty()));
        pass(500);
        pass(500);
        assertFalse(wire.isClosed());
    }
}
