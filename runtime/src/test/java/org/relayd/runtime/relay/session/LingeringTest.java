package org.relayd.runtime.relay.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.relay.wire.Delivery;
import org.relayd.runtime.relay.wire.Lingering;

class LingeringTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final HeldWire wire = new HeldWire();
    private final Lingering lingering;

    LingeringTest() {
        channel.freezeTime();
        lingering = Lingering.begin(wire, channel.eventLoop());
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    /** Tenths of a second until the wire is closed, with bytes every so many of them. */
    private int closedAfter(int bytesEvery) {
        int tenths = 0;
        while (!wire.isClosed()) {
            tenths++;
            if (tenths % bytesEvery == 0) {
                lingering.received();
            }
            channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
        return tenths;
    }

    @Test
    void anEndThatDoesNothingGetsASecond() {
        assertEquals(10, closedAfter(Integer.MAX_VALUE));
    }

    @Test
    void anEndThatStillSendsGetsHalfAMinute() {
        assertEquals(300, closedAfter(9));
    }

    @Test
    void anEndThatTakesWhatWaitsGetsAsLongAsItNeeds() {
        wire.delivery(new Delivery(false, TimeUnit.SECONDS.toNanos(29)));
        pass(3600);
        assertFalse(wire.isClosed());
        wire.delivery(Delivery.NONE);
        assertEquals(10, closedAfter(Integer.MAX_VALUE));
    }

    @Test
    void anEndThatTakesNothingOfItGetsHalfAMinute() {
        wire.delivery(new Delivery(false, TimeUnit.SECONDS.toNanos(29)));
        pass(29);
        wire.delivery(new Delivery(false, TimeUnit.SECONDS.toNanos(30)));
        assertEquals(10, closedAfter(9));
    }
}
