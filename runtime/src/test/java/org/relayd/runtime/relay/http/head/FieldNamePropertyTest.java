package org.relayd.runtime.relay.http.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

    /** An underscore may stand for any hyphen of a name, and for nothing else. */
    @Property(tries = 1000, seed = "2026")
    void looksLikeIsEqualWithHyphensForUnderscores(@ForAll("names") String written, @ForAll("names") String other) {
        String name = written.replace('_', '-');
        for (String sent : List.of(written, other, name, written.toUpperCase(Locale.ROOT), written + "_", "_" + name)) {
            FieldTable fields = new FieldTable();
            byte[] octets = Octets.of(sent + ": and more");
            fields.add(FieldName.keyOf(octets, 0, sent.length()), 0, sent.length(), sent.length() + 2, 0);
            boolean expected = sent.replace('_', '-').equalsIgnoreCase(name);
            assertEquals(expected, fields.looksLike(0, octets, FieldName.of(name)), sent + " " + name);
            assertEquals(sent.contains("_"), fields.hasUnderscore(0, octets), sent);
            assertEquals(FieldName.of(sent.replace('_', '-')).key(), fields.hyphenatedKey(0), sent);
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("aBz-_.^`").ofMinLength(1).ofMaxLength(20);
    }
}
