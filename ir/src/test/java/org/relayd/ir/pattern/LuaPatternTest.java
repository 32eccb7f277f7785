package org.relayd.ir.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LuaPatternTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'',
            value = {"^/api,/api/v1,MATCH", "^/api,/x/api,MISMATCH", "/api,/x/api,MATCH", "b$,ab,MATCH",
                    "a$,ab,MISMATCH",
                    "%.html$,/a.html,MATCH", "%.html$,/axhtml,MISMATCH", "^%d+$,12345,MATCH", "^%d+$,12a,MISMATCH",
                    "^a-b$,aaab,MATCH", "^[%w_]+$,a_9,MATCH",
                    "^[^/]+$,a/b,MISMATCH", "^(%w+)=%1$,ab=ab,MATCH", "^(%w+)=%1$,ab=ac,MISMATCH",
                    "^%b()$,(a(b)c),MATCH", "^%b()$,(a(b)c,MISMATCH",
                    "%f[%w]the%f[%W],in the end,MATCH", "%f[%w]the%f[%W],other,MISMATCH", "^colou?r$,color,MATCH",
                    "[]],a],MATCH", "^a*a*a*$,aaaa,MATCH",
                    "^.-x.-x$,axbx,MATCH", "'',anything,MATCH", "a$b,a$b,MATCH", "^()a()$,a,MATCH", "[a-],-,MATCH",
                    "^A$,a,MISMATCH"})
    void findsWhatThePatternsManualPageSays(String pattern, String text, LuaPattern.PatternMatch outcome)
            throws MalformedPatternException {
        assertEquals(outcome, find(pattern, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", ")", "(a", "%", "a%", "[a", "[", "[^", "[%", "%b", "%bx", "%f", "%fa", "%1", "%0",
            "(%1)", "(a)%2", "[z-a]"})
    void malformedPatternIsRefused(String pattern) {
        assertThrows(MalformedPatternException.class, () -> LuaPattern.compile(pattern));
    }

    @Test
    void nestedRepetitionDoesNotExplode() throws MalformedPatternException {
        assertEquals(LuaPattern.PatternMatch.MISMATCH, find("a*".repeat(30) + "b", "a".repeat(2000)));
    }

    @Test
    void repeatedCapturesGiveUpInsteadOfRunningOn() throws MalformedPatternException {
        assertEquals(LuaPattern.PatternMatch.TOO_COSTLY, find("(a*)".repeat(8) + "%1b", "a".repeat(400)));
    }

    @Property(seed = "2026")
    void agreesWithARecursiveMatcher(@ForAll("patterns") String pattern, @ForAll("texts") String text)
            throws MalformedPatternException {
        LuaPattern.PatternMatch expected = new RecursiveMatcher(pattern, text).found() ? LuaPattern.PatternMatch.MATCH
                : LuaPattern.PatternMatch.MISMATCH;
        assertEquals(expected, find(pattern, text));
    }

    @Property(seed = "2026")
    void arbitraryTextIsAPatternOrRefused(@ForAll String pattern, @ForAll String text) {
        try {
            find(pattern, text);
        } catch (MalformedPatternException refused) {
            assertEquals(refused.getMessage(), refused.getMessage().strip());
        }
    }

    @Provide
    Arbitrary<String> patterns() {
        Arbitrary<String> item = Arbitraries.of("a", "b", ".", "[ab]", "[^a]", "%a");
        Arbitrary<String> repeated = item.flatMap(i -> Arbitraries.of("", "*", "+", "-", "?").map(r -> i + r));
        return repeated.list().ofMaxSize(6).map(items -> String.join("", items))
                .flatMap(p -> Arbitraries.of(p, "^" + p, p + "$", "^" + p + "$"));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abc").ofMaxLength(8);
    }

    private static LuaPattern.PatternMatch find(String pattern, String text) throws MalformedPatternException {
        byte[] framed = ("xx" + text + "yy").getBytes(UTF_8);
        return LuaPattern.compile(pattern).match(framed, 2, framed.length - 2);
    }

    /** The definition, word by word: single items with a repetition, tried from left to right. */
    private record RecursiveMatcher(String pattern, String text) {

        boolean found() {
            boolean anchored = pattern.startsWith("^");
            for (int start = 0; start <= text.length(); start++) {
                if (matches(anchored ? 1 : 0, start)) {
                    return true;
                }
                if (anchored) {
                    return false;
                }
            }
            return false;
        }

        private boolean matches(int p, int s) {
            if (p == pattern.length()) {
                return true;
            }
            if (pattern.charAt(p) == '$' && p == pattern.length() - 1) {
                return s == text.length();
            }
            int end = p
                    + (pattern.charAt(p) == '[' ? pattern.indexOf(']', p) - p + 1 : pattern.charAt(p) == '%' ? 2 : 1);
            boolean fits = s < text.length() && fits(pattern.substring(p, end), text.charAt(s));
            char repetition = end < pattern.length() ? pattern.charAt(end) : ' ';
            return switch (repetition) {
                case '*' -> (fits && matches(p, s + 1)) || matches(end + 1, s);
                case '-' -> matches(end + 1, s) || (fits && matches(p, s + 1));
                case '?' -> (fits && matches(end + 1, s + 1)) || matches(end + 1, s);
                case '+' -> fits && (matches(p, s + 1) || matches(end + 1, s + 1));
                default -> fits && matches(end, s + 1);
            };
        }

        private static boolean fits(String item, char c) {
            return switch (item) {
                case ".", "%a" -> true;
                case "[ab]" -> c != 'c';
                case "[^a]" -> c != 'a';
                default -> item.charAt(0) == c;
            };
        }
    }
}
