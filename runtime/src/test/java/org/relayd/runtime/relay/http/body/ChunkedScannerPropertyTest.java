package org.relayd.runtime.relay.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.relayd.runtime.relay.http.body.ChunkedScanner.Stretch;

class ChunkedScannerPropertyTest {
    private static final String TEXT = "\\t\\x20-\\x7e\\x80-\\xff";
    private static final String EXTENSION = "([ \\t]*|[ \\t]*;([" + TEXT + "&&[^\"]]|\"([" + TEXT + "&&[^\"\\\\]]|\\\\["
            + TEXT
            + "])*\")*)?";
    private static final Pattern GRAMMAR = Pattern.compile("(0*1" + EXTENSION + "\r\n[\\x00-\\xff]\r\n)*0+" + EXTENSION
            + "\r\n([!-~&&[^\"(),/:;<=>?@\\[\\\\\\]{}]]+:[" + TEXT + "]*\r\n)*\r\n");
    private static final Pattern CLEAN = Pattern
            .compile("(0?[1-9a-f][0-9a-f]*\r\n[ab\r\n0;]+\r\n)*0\r\n(X-[^\r]*\r\n)*\r\n\\.");

    /** What is passed on of a body that arrives in pieces of a size; ends with "!" and the fault if there is one. */
    private static String passed(String body, int piece) {
        ChunkedScanner scanner = new ChunkedScanner();
        StringBuilder kept = new StringBuilder();
        for (int at = 0; at < body.length(); at += piece) {
            ByteBuf bytes = Unpooled.copiedBuffer(body.substring(at, Math.min(body.length(), at + piece)),
                    StandardCharsets.ISO_8859_1);
            int from = 0;
            while (from < bytes.writerIndex() && !scanner.isDone()) {
                Stretch stretch = scanner.scan(bytes, from, bytes.writerIndex());
                if (stretch == Stretch.KEEP || stretch == Stretch.FIELD) {
                    kept.append(bytes.toString(from, scanner.next() - from, StandardCharsets.ISO_8859_1));
                } else if (stretch != Stretch.DROP) {
                    return kept + "!" + stretch;
                }
                from = scanner.next();
            }
            bytes.release();
        }
        return kept + (scanner.isDone() ? "." : "?");
    }

    @Property(tries = 500, seed = "2026")
    void everyCutOfTheStreamGivesTheSame(@ForAll("bodies") String body, @ForAll("pieces") int piece) {
        String whole = passed(body, body.length());
        assertTrue(whole.endsWith("."), whole);
        assertEquals(whole, passed(body, piece));
    }

    /** What is passed on has nothing around its sizes but one zero, and is whole however strict its reader is. */
    @Property(tries = 500, seed = "2026")
    void sizesArePassedOnClean(@ForAll("bodies") String body, @ForAll("pieces") int piece) {
        String passed = passed(body, piece);
        assertTrue(CLEAN.matcher(passed).matches(), passed);
        assertEquals(passed, passed(passed.substring(0, passed.length() - 1), piece));
    }

    @Property(tries = 500, seed = "2026")
    void noiseGivesTheSameForEveryCut(@ForAll("noise") String body, @ForAll("pieces") int piece) {
        String whole = passed(body, Math.max(1, body.length()));
        String cut = passed(body, piece);
        // Before a fault the whole stretch is refused, so that less of it may have been passed on;
        // the outcome is the same.
        assertEquals(outcome(whole), outcome(cut));
    }

    /**
     * What is accepted is a body of the grammar (RFC 9112 7.1), told by a regular expression for chunks of one octet.
     */
    @Property(tries = 2000, seed = "2026")
    void onlyBodiesOfTheGrammarAreAccepted(@ForAll("edited") String body) {
        if (passed(body, body.length()).endsWith(".")) {
            assertTrue(GRAMMAR.matcher(body).lookingAt(), body);
        }
    }

    @Provide
    Arbitrary<String> edited() {
        Arbitrary<String> chunk = Arbitraries.of("1\r\nx\r\n", "01;a=b\r\nx\r\n", "0001 \t\r\nx\r\n",
                "1 ;a=\"\\\"\"\r\n\r\r\n",
                "1\r\n\n\r\n");
        Arbitrary<String> end = Arbitraries.of("0\r\n\r\n", "00;a\r\nA: b\r\n\r\n", "00 \r\n\r\n");
        Arbitrary<String> edit = Arbitraries.of("", "x", "\r", "\n", "\r\n", " ", "0", "1", ";", "\"", "\\", "\0", ":");
        return Combinators.combine(chunk.list().ofMaxSize(2), end, edit, Arbitraries.integers().between(0, 1000))
                .as((chunks, last, change, place) -> {
                    String body = String.join("", chunks) + last;
                    int at = place % body.length();
                    return body.substring(0, at) + change + body.substring(Math.min(body.length(), at + place % 3));
                });
    }

    private static String outcome(String passed) {
        int fault = passed.indexOf('!');
        return fault < 0 ? passed : passed.substring(fault);
    }

    @Provide
    Arbitrary<Integer> pieces() {
        return Arbitraries.integers().between(1, 9);
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> data = Arbitraries.strings().withChars("ab\r\n0;").ofMinLength(1).ofMaxLength(40);
        Arbitrary<String> extension = Arbitraries.of("", ";a", ";a=b", ";a=\"x;y\\\"z\"", " ;a", "\t;q=\"\"", " ",
                "\t  ");
        Arbitrary<String> zeros = Arbitraries.of("", "", "0", "00", "000000000000000000000000000000");
        Arbitrary<String> chunk = Combinators.combine(zeros, data, extension)
                .as((z, d, e) -> z + Integer.toHexString(d.length()) + e + "\r\n" + d + "\r\n");
        Arbitrary<String> trailers = Arbitraries.of("", "X-A: b\r\n", "X-A: b\r\nX-B:\r\n");
        Arbitrary<List<String>> chunks = chunk.list().ofMaxSize(5);
        return Combinators.combine(chunks, zeros, extension, trailers)
                .as((c, z, e, t) -> String.join("", c) + z + "0" + e + "\r\n" + t + "\r\n");
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.strings().withChars("012af;\"\\ \r\nx:").ofMinLength(1).ofMaxLength(30);
    }
}
