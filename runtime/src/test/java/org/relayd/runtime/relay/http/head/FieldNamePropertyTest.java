package org.relayd.runtime.relay.http.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FieldNamePropertyTest {

    /** The key of any octets, letters of either case and octets beyond ASCII among them, is that of a plain loop. */
    @Property(seed = "2026")
    void keysAreTheFirstEightOctetsInSmallLetters(@ForAll @Size(max = 12) byte[] octets) {
        long expected = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            expected = expected << Byte.SIZE
                    | (i < octets.length ? Byte.toUnsignedInt((byte) Octets.lower(octets[i])) : 0);
        }
        assertEquals(expected, FieldName.keyOf(octets, 0, octets.length));
    }
}
