package org.relayd.ir.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({"*,'',true", "*,a/b,true", "a*,a,true", "/cgi/*,/cgi/x/y,true", "/cgi/*,/cg,false",
            "*command=*,x=1&command=ls,true", "?,a,true",
            "?,'',false", "[ab]c,bc,true", "[!ab]c,bc,false", "[^ab]c,xc,true", "[a-c]*,cat,true", "[]x],],true",
            "[ab,[ab,true", "\\*,*,true",
            "\\*,a,false", "a\\,a\\,true", "**a**,bab,true", "'',a,false", "'','',true", "220 *,220 mail ready,true"})
    void coversTheWholeText(String glob, String text, boolean matched) {
        assertEquals(matched, Glob.compile(glob, true).matches(text));
    }

    @Test
    void caseCountsOnlyIfAskedFor() {
        assertFalse(Glob.compile("X-[a-c]*", true).matches("x-BBB"));
        assertTrue(Glob.compile("X-[a-c]*", false).matches("x-BBB"));
    }

    @Test
    void manyStarsDoNotExplode() {
        assertFalse(Glob.compile("*a".repeat(40) + "b", true).matches("a".repeat(4000)));
    }

    @Property(seed = "2026")
    void agreesWithARecursiveMatcher(@ForAll("globs") String glob, @ForAll("texts") String text) {
        assertEquals(matches(glob, text), Glob.compile(glob, true).matches(text));
    }

    @Property(seed = "2026")
    void everyTextIsAGlob(@ForAll String glob, @ForAll String text) {
        Glob compiled = Glob.compile(glob, true);
        assertTrue(!compiled.isLiteral() || compiled.matches(text) == glob.equals(text));
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.strings().withChars("ab*?").ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abc").ofMaxLength(8);
    }

    private static boolean matches(String glob, String text) {
        if (glob.isEmpty()) {
            return text.isEmpty();
        }
        String rest = glob.substring(1);
        return switch (glob.charAt(0)) {
            case '*' -> matches(rest, text) || (!text.isEmpty() && matches(glob, text.substring(1)));
            case '?' -> !text.isEmpty() && matches(rest, text.substring(1));
            default -> !text.isEmpty() && text.charAt(0) == glob.charAt(0) && matches(rest, text.substring(1));
        };
    }
}
