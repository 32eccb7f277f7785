package org.relayd.compiler.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.relayd.ir.pattern.Glob;

class CaseFoldTest {

    @Property(seed = "2026")
    void foldedGlobMatchesWhatTheGlobMatchesInAnyCase(
            @ForAll @Chars({'a', 'B', '*', '?', '/'}) @StringLength(max = 8) String glob,
            @ForAll @Chars({'a', 'A', 'b', '/'}) @StringLength(max = 8) String text) {
        assertEquals(Glob.compile(glob, false).matches(text), Glob.compile(CaseFold.glob(glob), true).matches(text));
    }

    @Property(seed = "2026")
    void literalMatchesTheTextInAnyCaseOnly(
            @ForAll @Chars({'a', 'B', '*', '?', '[', '\\', '/'}) @StringLength(max = 6) String key,
            @ForAll @Chars({'a', 'b', '*', '[', '\\'}) @StringLength(max = 6) String text) {
        assertEquals(key.equalsIgnoreCase(text), Glob.compile(CaseFold.literal(key), true).matches(text));
        assertEquals(key.equals(text), Glob.compile(CaseFold.escaped(key), true).matches(text));
    }
}
