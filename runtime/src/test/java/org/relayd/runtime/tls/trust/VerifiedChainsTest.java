package org.relayd.runtime.tls.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.tls.OctetString;

class VerifiedChainsTest {
    private final VerifiedChains chains = new VerifiedChains();

    private static OctetString digest(int number) {
        return new OctetString(new byte[]{(byte) (number >> 8), (byte) number});
    }

    @Test
    void chainsUsedLastStay() {
        Instant later = Instant.EPOCH.plusSeconds(9);
        for (int i = 0; i <= VerifiedChains.MOST; i++) {
            chains.add(digest(i), later);
            assertTrue(chains.isGood(digest(0), Instant.EPOCH));
        }
        assertEquals(VerifiedChains.MOST, chains.size());
        assertFalse(chains.isGood(digest(1), Instant.EPOCH));
    }

    @Test
    void chainIsForgottenAtItsEnd() {
        chains.add(digest(1), Instant.EPOCH.plusSeconds(9));
        assertTrue(chains.isGood(digest(1), Instant.EPOCH.plusSeconds(8)));
        assertFalse(chains.isGood(digest(1), Instant.EPOCH.plusSeconds(9)));
        assertEquals(0, chains.size());
    }
}
