package org.relayd.runtime.relay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From when a listener accepts. */
class BeginningTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private boolean ready;
    private int begun;

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void await() {
        Beginning.await(channel.eventLoop(), new Transport.Arrivals() {
            @Override
            public boolean areReady() {
                return ready;
            }

            @Override
            public void arrived(Wire client) {
                throw new AssertionError("nobody connects");
            }

            @Override
            public void deferred(Fault why) {
                throw new AssertionError(why.text());
            }
        }, () -> begun++);
    }

    private void pass(long milliseconds) {
        for (long i = 0; i < milliseconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    @Test
    void atOnceIfClientsCanBeServed() {
        ready = true;
        await();
        assertEquals(1, begun);
    }

    @Test
    void asSoonAsTheyCanAndOnce() {
        await();
        pass(500);
        assertEquals(0, begun);
        ready = true;
        pass(10);
        assertEquals(1, begun);
        pass(2000);
        assertEquals(1, begun);
    }

    @Test
    void afterASecondWhateverIsKnown() {
        await();
        pass(999);
        assertEquals(0, begun);
        pass(1);
        assertEquals(1, begun);
    }
}
