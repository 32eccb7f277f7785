package org.relayd.ir.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    /** All characters of texts. */
    private static final String ALL = "abc]*-\\";

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

    /**
     * One element of a glob and what it stands for.
     *
     * @param octets
     *            the characters that fit; empty for a star
     */
    record Element(String written, String octets) {}

    @Property(seed = "2026")
    void agreesWithARecursiveMatcher(@ForAll("globs") List<Element> glob, @ForAll("texts") String text) {
        String written = glob.stream().map(Element::written).collect(Collectors.joining());
        assertEquals(matches(glob, text), Glob.compile(written, true).matches(text), written);
    }

    @Property(seed = "2026")
    void everyTextIsAGlob(@ForAll String glob, @ForAll String text) {
        Glob compiled = Glob.compile(glob, true);
        assertTrue(!compiled.isLiteral() || compiled.matches(text) == glob.equals(text));
    }

    @Provide
    Arbitrary<List<Element>> globs() {
        return Arbitraries.of(new Element("a", "a"), new Element("b", "b"), new Element("*", ""),
                new Element("*", ""), new Element("?", ALL), new Element("[ab]", "ab"), new Element("[!a]", "bc]*-\\"),
                new Element("[^a-b]", "c]*-\\"), new Element("[a-c]", "abc"), new Element("[]a]", "]a"),
                new Element("[!]a]", "bc*-\\"), new Element("[a-]", "a-"), new Element("[*]", "*"),
                new Element("[\\]]", "]"), new Element("\\*", "*"), new Element("\\\\", "\\"), new Element("\\a", "a"),
                new Element("-", "-"), new Element("]", "]")).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars(ALL).ofMaxLength(8);
    }

    private static boolean matches(List<Element> glob, String text) {
        if (glob.isEmpty()) {
            return text.isEmpty();
        }
        List<Element> rest = glob.subList(1, glob.size());
        String octets = glob.getFirst().octets();
        if (octets.isEmpty()) {
            return matches(rest, text) || (!text.isEmpty() && matches(glob, text.substring(1)));
        }
        return !text.isEmpty() && octets.indexOf(text.charAt(0)) >= 0 && matches(rest, text.substring(1));
    }
}
