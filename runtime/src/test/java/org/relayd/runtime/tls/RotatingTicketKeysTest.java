package org.relayd.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.tls.TicketKeys.TicketKey;

class RotatingTicketKeysTest {
    private static final OctetString ZEROS = new OctetString(new byte[16]);
    private final AtomicLong now = new AtomicLong(-7);
    private final RotatingTicketKeys keys = new RotatingTicketKeys(now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        keys.turn();
    }

    @Test
    void firstKeyIsThereAtOnce() {
        TicketKey first = keys.keys().getFirst();
        assertEquals(1, keys.keys().size());
        Set<OctetString> parts = Set.of(first.name(), first.hmac(), first.aes());
        assertEquals(3, parts.size());
        parts.forEach(part -> assertEquals(16, part.toArray().length));
    }

    @Test
    void newKeySealsAfterHalfAnHourAndOldOnesOpenForTwoHours() {
        TicketKey first = keys.keys().getFirst();
        pass(Duration.ofMinutes(29));
        assertEquals(List.of(first), keys.keys());
        pass(Duration.ofMinutes(1));
        assertEquals(2, keys.keys().size());
        assertNotEquals(first, keys.keys().getFirst());
        for (int i = 0; i < 2; i++) {
            pass(Duration.ofMinutes(30));
            assertTrue(keys.keys().contains(first));
        }
        pass(Duration.ofMinutes(30));
        assertFalse(keys.keys().contains(first));
        assertEquals(4, keys.keys().size());
    }

    @Test
    void keysDoNotLiveLongerBecauseNobodyLookedAtTheClock() {
        Set<TicketKey> before = new HashSet<>(keys.keys());
        pass(Duration.ofDays(3));
        assertEquals(1, keys.keys().size());
        assertFalse(before.contains(keys.keys().getFirst()));
    }

    @Test
    void followersAreToldUntilTheyEnd() {
        List<List<TicketKey>> told = new ArrayList<>();
        TicketKeys.Subscription subscription = keys.follow(told::add);
        pass(Duration.ofMinutes(5));
        assertEquals(List.of(), told);
        pass(Duration.ofMinutes(25));
        assertEquals(List.of(keys.keys()), told);
        subscription.end();
        pass(Duration.ofMinutes(30));
        assertEquals(1, told.size());
    }

    @Test
    void droppedKeysAreWipedWhenNobodyCanBeReadingThem() {
        TicketKey first = keys.keys().getFirst();
        pass(Duration.ofHours(2));
        assertNotEquals(ZEROS, first.aes());
        pass(Duration.ofMinutes(30));
        assertEquals(ZEROS, first.aes());
        assertEquals(ZEROS, first.hmac());
        TicketKey last = keys.keys().getFirst();
        keys.close();
        assertEquals(ZEROS, last.aes());
        assertFalse(last.toString().contains(last.aes().toString()));
    }
}
