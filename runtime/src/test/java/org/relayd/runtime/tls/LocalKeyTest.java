package org.relayd.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class LocalKeyTest {
    private static final byte[] OCTETS = {1, 2, 3};
    private static final byte[] ZEROS = new byte[OCTETS.length];

    @Test
    void takesTheOnlyCopy() {
        byte[] given = OCTETS.clone();
        try (LocalKey key = new LocalKey(given)) {
            assertArrayEquals(ZEROS, given);
            assertArrayEquals(OCTETS, key.pkcs8().toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @Test
    void nothingIsLeftAfterItIsClosed() {
        LocalKey key = new LocalKey(OCTETS.clone());
        MemorySegment held = key.pkcs8();
        key.close();
        key.close();
        assertArrayEquals(ZEROS, held.toArray(ValueLayout.JAVA_BYTE));
        assertThrows(IllegalStateException.class, key::pkcs8);
    }
}
