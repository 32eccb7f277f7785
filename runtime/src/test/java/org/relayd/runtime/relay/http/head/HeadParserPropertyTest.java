package org.relayd.runtime.relay.http.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.relayd.ir.term.Direction;

class HeadParserPropertyTest {
    private static final int LIMIT = 8192;
    private static final String TEXT = "[\\t\\x20-\\x7e\\x80-\\xff]*";
    private static final String CR_LF = "[!-~&&[^\"(),/:;<=>?@\\[\\\\\\]{}]]+ [!-~&&[^#]]+ HTTP/1\\.[0-9]\r\n"
            + "([!-~&&[^\"(),/:;<=>?@\\[\\\\\\]{}]]+:" + TEXT + "\r\n([ \\t]" + TEXT + "\r\n)*)*\r\n";
    private static final Pattern GRAMMAR = Pattern.compile(CR_LF + "|" + CR_LF.replace("\r\n", "\n"));
    private static final String TOKENS = "abcXYZ019!#$%&'*+-.^_`|~";

    @Property(tries = 500, seed = "2026")
    void requestIsReadAsNettyReadsIt(@ForAll("requests") String text) {
        MessageHead head = read(text);
        assertEquals(HeadVerdict.COMPLETE, HeadParser.request(head, LIMIT));
        assertEquals(text.length(), head.length());
        EmbeddedChannel netty = new EmbeddedChannel(new HttpRequestDecoder());
        netty.writeInbound(withCrLf(text));
        HttpRequest other = netty.readInbound();
        assertFalse(other.decoderResult().isFailure());
        assertEquals(other.method().name(), head.method().text());
        String target = Octets.text(head.octets(), head.prefixAt, head.prefixLength)
                + Octets.text(head.octets(), head.pathAt(), head.pathLength())
                + (head.hasQuery ? "?" + Octets.text(head.octets(), head.queryAt(), head.queryLength()) : "");
        assertEquals(other.uri(), target);
        assertEquals(fields(other.headers().entries()), fields(head));
        ReferenceCountUtil.release(other);
        netty.finishAndReleaseAll();
    }

    @Property(tries = 300, seed = "2026")
    void responseIsReadAsNettyReadsIt(@ForAll("responses") String text) {
        MessageHead head = read(text);
        assertEquals(HeadVerdict.COMPLETE, HeadParser.response(head, LIMIT));
        EmbeddedChannel netty = new EmbeddedChannel(new HttpResponseDecoder());
        netty.writeInbound(withCrLf(text));
        HttpResponse other = netty.readInbound();
        assertEquals(other.status().code(), head.status());
        assertEquals(fields(other.headers().entries()), fields(head));
        ReferenceCountUtil.release(other);
        netty.finishAndReleaseAll();
    }

    /** Netty takes no other line ends. */
    private static ByteBuf withCrLf(String text) {
        return Unpooled.copiedBuffer(text.replaceAll("\r?\n", "\r\n"), StandardCharsets.ISO_8859_1);
    }

    @Property(tries = 300, seed = "2026")
    void everyBeginningOfARequestIsIncomplete(@ForAll("requests") String text) {
        MessageHead head = new MessageHead();
        for (int cut = 0; cut < text.length(); cut++) {
            load(head, text.substring(0, cut));
            assertEquals(HeadVerdict.INCOMPLETE, HeadParser.request(head, LIMIT), text.substring(0, cut));
        }
    }

    /**
     * However a stream is cut: what the beginning of a head says is never taken back, be it a
     * request, a response or neither. What is too large may be wrong further on, too.
     */
    @Property(tries = 300, seed = "2026")
    void verdictDoesNotDependOnTheCut(@ForAll("edited") String text) {
        List<Function<MessageHead, HeadVerdict>> parsers = List.of(head -> HeadParser.request(head, LIMIT),
                head -> HeadParser.response(head, LIMIT), head -> HeadParser.request(head, 40),
                head -> HeadParser.response(head, 20));
        for (Function<MessageHead, HeadVerdict> parser : parsers) {
            HeadVerdict whole = parser.apply(read(text));
            for (int cut = 0; cut < text.length(); cut++) {
                HeadVerdict verdict = parser.apply(read(text.substring(0, cut)));
                boolean kept = verdict == HeadVerdict.TOO_LARGE ? whole.isFault() : verdict == whole;
                assertTrue(verdict == HeadVerdict.INCOMPLETE || kept,
                        verdict + " became " + whole + " behind " + text.substring(0, cut));
            }
        }
    }

    /** What is read in growing looks is what is read at once. */
    @Property(tries = 500, seed = "2026")
    void readingGoesOnWhereItStopped(@ForAll("edited") String text, @ForAll("places") int step) {
        List<Function<MessageHead, HeadVerdict>> parsers = List.of(head -> HeadParser.request(head, LIMIT),
                head -> HeadParser.response(head, LIMIT));
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        for (Function<MessageHead, HeadVerdict> parser : parsers) {
            MessageHead whole = read(text);
            HeadVerdict expected = parser.apply(whole);
            MessageHead head = new MessageHead();
            int count = Math.min(text.length(), step % 40);
            head.load(bytes, count);
            HeadVerdict verdict = parser.apply(head);
            while (verdict == HeadVerdict.INCOMPLETE && count < text.length()) {
                count = Math.min(text.length(), count + 1 + step % 11);
                head.more(bytes, count);
                verdict = parser.apply(head);
            }
            assertEquals(expected, verdict);
            if (verdict == HeadVerdict.COMPLETE) {
                assertEquals(whole.length(), head.length());
                assertEquals(fields(whole), fields(head));
                assertEquals(written(whole), written(head));
            }
        }
        bytes.release();
    }

    private static String written(MessageHead head) {
        HeadWriter writer = new HeadWriter();
        writer.writeInOrder(head, head.status > 0 ? Direction.RESPONSE : Direction.REQUEST);
        return Octets.text(writer.octets(), 0, writer.length());
    }

    /** A path is put in its place while the rest is still to be read. */
    private static Arbitrary<String> withoutPath() {
        return lines().map(lines -> "GET http://x HTTP/1.1\r\n" + lines + "\r\n");
    }

    @Provide
    Arbitrary<String> edited() {
        Arbitrary<String> head = Arbitraries.oneOf(requests(), responses(), noise(), withoutPath());
        return Combinators.combine(head, edits(), places()).as((text, edit, place) -> {
            int at = place % (text.length() + 1);
            return text.substring(0, at) + edit + text.substring(Math.min(text.length(), at + place % 3));
        });
    }

    @Property(tries = 300, seed = "2026")
    void writtenHeadIsReadAsTheSame(@ForAll("requests") String text) {
        MessageHead head = read(text);
        assertEquals(HeadVerdict.COMPLETE, HeadParser.request(head, LIMIT));
        List<String> before = fields(head);
        HeadWriter writer = new HeadWriter();
        writer.writeInOrder(head, Direction.REQUEST);
        MessageHead again = read(Octets.text(writer.octets(), 0, writer.length()));
        assertEquals(HeadVerdict.COMPLETE, HeadParser.request(again, LIMIT));
        assertEquals(before, fields(again));
        writer.writeSorted(head, Direction.REQUEST);
        MessageHead sorted = read(Octets.text(writer.octets(), 0, writer.length()));
        assertEquals(HeadVerdict.COMPLETE, HeadParser.request(sorted, LIMIT));
        assertEquals(before.stream().map(line -> line.toLowerCase(java.util.Locale.ROOT)).sorted().toList(),
                fields(sorted).stream().map(line -> line.toLowerCase(java.util.Locale.ROOT)).sorted().toList());
    }

    @Property(tries = 500, seed = "2026")
    void anythingElseIsRefusedOrIncompleteButNeverThrows(@ForAll("noise") String text) {
        MessageHead head = read(text);
        HeadParser.request(head, LIMIT);
        load(head, text);
        HeadParser.response(head, LIMIT);
        assertEquals(text.length(), head.loaded);
    }

    /** What is accepted is a request of the grammar (RFC 9112 2.1, 3, 5), which a regular expression can tell. */
    @Property(tries = 1000, seed = "2026")
    void onlyRequestsOfTheGrammarAreAccepted(@ForAll("requests") String text, @ForAll("edits") String edit,
            @ForAll("places") int place) {
        int at = place % text.length();
        String edited = text.substring(0, at) + edit + text.substring(Math.min(text.length(), at + place % 3));
        MessageHead head = read(edited);
        if (HeadParser.request(head, LIMIT) == HeadVerdict.COMPLETE) {
            String accepted = edited.substring(0, head.length());
            assertTrue(GRAMMAR.matcher(accepted).matches(), accepted);
        }
    }

    @Provide
    Arbitrary<String> edits() {
        return Arbitraries.of("", " ", "\r", "\n", "\r\n", ":", "\t", "#", "\0", "A", "HTTP/1.1", "Host: y\r\n", "é");
    }

    /** A head whose lines end in one way but for one of them is none: it could end in two places. */
    @Property(tries = 300, seed = "2026")
    void oneOtherLineEndIsRefused(@ForAll("requests") String request, @ForAll("responses") String response,
            @ForAll("places") int place) {
        assertEquals(HeadVerdict.MALFORMED, HeadParser.request(read(otherEnd(request, place)), LIMIT));
        assertEquals(HeadVerdict.MALFORMED, HeadParser.response(read(otherEnd(response, place)), LIMIT));
    }

    /** Ends one of the lines as the others do not; the text has three lines at least, or two that are as good. */
    private static String otherEnd(String text, int place) {
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        List<String> lines = List.of(text.split(end, -1));
        int changed = place % (lines.size() - 1);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < lines.size() - 1; i++) {
            all.append(lines.get(i)).append(i == changed ? end.equals("\n") ? "\r\n" : "\n" : end);
        }
        return all.toString();
    }

    @Property(tries = 300, seed = "2026")
    void controlAnywhereInAHeadIsRefused(@ForAll("requests") String text, @ForAll("controls") char control,
            @ForAll("places") int place) {
        int at = place % (text.length() - 4);
        MessageHead head = read(text.substring(0, at) + control + text.substring(at));
        assertNotEquals(HeadVerdict.COMPLETE, HeadParser.request(head, LIMIT));
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, 100_000);
    }

    @Provide
    Arbitrary<Character> controls() {
        return Arbitraries.of('\0', '\1', '\u000b', '\u001f', '\u007f');
    }

    @Provide
    Arbitrary<String> noise() {
        Arbitrary<String> pieces = Arbitraries.of("GET / HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\n", "Host: x\r\n", "\r\n",
                "\n", "\r", " ", "\t", ":", "a", "\0", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "é");
        return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<String> requests() {
        Arbitrary<String> method = Arbitraries.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH",
                "VERSION-CONTROL");
        Arbitrary<String> target = Arbitraries.strings().withChars("abc/?=&%20.-_~:@!$'()*+,;|{}\\").ofMaxLength(30)
                .map(rest -> "/" + rest);
        Arbitrary<String> start = Combinators.combine(method, Arbitraries.of("", "", "http://x", "HTTPS://X"), target)
                .as((m, prefix, t) -> m + " " + prefix + t);
        Arbitrary<String> others = Arbitraries.of("OPTIONS *", "GET http://x/", "OPTIONS http://x");
        // HTTP/1.0 needs a length where there could be a body.
        Arbitrary<String> version = Arbitraries.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.0\nContent-Length: 0");
        return Combinators.combine(Arbitraries.frequencyOf(Tuple.of(9, start), Tuple.of(1, others)), version, lines(),
                lineEnds()).as((first, v, l, end) -> (first + " " + v + "\nHost: x\n" + l + "\n").replace("\n", end));
    }

    @Provide
    Arbitrary<String> responses() {
        Arbitrary<Integer> status = Arbitraries.integers().between(200, 599).filter(code -> code != 204);
        Arbitrary<String> reason = Arbitraries.strings().withChars("abc OK\u00e9").ofMaxLength(10)
                .map(text -> " " + text).injectDuplicates(0.1).edgeCases(cases -> cases.add(""));
        return Combinators.combine(status, reason, lines(), lineEnds())
                .as((s, r, l, end) -> ("HTTP/1.1 " + s + r + "\n" + l + "\n").replace("\n", end));
    }

    /** The end of all lines of a head. */
    private static Arbitrary<String> lineEnds() {
        return Arbitraries.of("\r\n", "\r\n", "\n");
    }

    private static Arbitrary<String> lines() {
        Arbitrary<String> name = Arbitraries.strings().withChars(TOKENS).ofMinLength(1).ofMaxLength(24);
        Arbitrary<String> value = Arbitraries.strings().withChars("abc ,;=\"/\t(é").ofMaxLength(30);
        return Combinators.combine(name, value).as((n, v) -> "X" + n + ":" + v + "\n").list().ofMaxSize(12)
                .map(list -> String.join("", list));
    }

    private static MessageHead read(String text) {
        MessageHead head = new MessageHead();
        load(head, text);
        return head;
    }

    private static void load(MessageHead head, String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        head.load(bytes, bytes.readableBytes());
        bytes.release();
    }

    private static List<String> fields(MessageHead head) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < head.fields().size(); i++) {
            lines.add(Octets.text(head.octets(), head.fields().nameAt(i), head.fields().nameLength(i)) + ": "
                    + head.value(i));
        }
        return lines;
    }

    private static List<String> fields(List<Map.Entry<String, String>> entries) {
        return entries.stream().map(entry -> entry.getKey() + ": " + entry.getValue()).toList();
    }
}
