package org.relayd.runtime.relay.http.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntBiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The wait and the parser agree on where a head ends, whatever its lines end in. */
class HeadWaitPropertyTest {

    private enum Reader {
        REQUEST, RESPONSE;

        HeadVerdict read(MessageHead head, int limit) {
            return switch (this) {
                case REQUEST -> HeadParser.request(head, limit);
                case RESPONSE -> HeadParser.response(head, limit);
            };
        }
    }

    /** What a stream came to, and how many of its octets had come then. */
    private record Seen(HeadVerdict verdict, int octets) {}

    private static Seen play(Reader reader, String text, int limit, ToIntBiFunction<Integer, ByteBuf> due) {
        byte[] all = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuf come = Unpooled.buffer(all.length);
        MessageHead head = new MessageHead();
        HeadVerdict verdict = HeadVerdict.INCOMPLETE;
        for (int i = 0; i < all.length && verdict == HeadVerdict.INCOMPLETE; i++) {
            come.writeByte(all[i]);
            if (due.applyAsInt(i, come) > 0) {
                head.load(come, come.readableBytes());
                verdict = reader.read(head, limit);
            }
        }
        int octets = come.readableBytes();
        come.release();
        return new Seen(verdict, octets);
    }

    @Property(tries = 1000, seed = "2026")
    void whatWaitsIsReadWhenItIsWhole(@ForAll("heads") String text, @ForAll("limits") int limit) {
        for (Reader reader : Reader.values()) {
            Seen each = play(reader, text, limit, (_, _) -> 1);
            HeadWait wait = new HeadWait();
            Seen waited = play(reader, text, limit, (i, come) -> {
                if (i > 0) {
                    return wait.isOver(come, limit) ? 1 : 0;
                }
                wait.begin(come);
                return 1;
            });
            if (each.verdict() == HeadVerdict.COMPLETE || each.verdict() == HeadVerdict.TOO_LARGE) {
                assertEquals(each, waited, text);
            } else if (text.indexOf('\n', Math.max(0, each.octets() - 1)) >= 0) {
                // What is wrong in a line is found at its end.
                assertEquals(each.verdict(), waited.verdict(), text);
                assertTrue(waited.octets() <= text.indexOf('\n', Math.max(0, each.octets() - 1)) + 1, text);
            }
        }
    }

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.integers().between(1, 60);
    }

    @Provide
    Arbitrary<String> heads() {
        Arbitrary<String> start = Arbitraries.of("GET / HTTP/1.1", "GET /", "HTTP/1.1 200 OK", "HTTP/1.1 200", "");
        Arbitrary<String> line = Arbitraries.of("Host: x", "A:", "A: b c", " fold", "\t", "A : b", "");
        Arbitrary<String> end = Arbitraries.of("\r\n", "\r\n", "\r\n", "\n", "\n", "\r", "\r\r\n");
        Arbitrary<String> same = Combinators.combine(start, line.list().ofMaxSize(5), Arbitraries.of("\r\n", "\n"))
                .as((first, lines, e) -> first + e + String.join(e, lines) + e + e);
        Arbitrary<String> mixed = Combinators
                .combine(start, end, Combinators.combine(line, end).as((l, e) -> l + e).list().ofMaxSize(6))
                .as((first, e, lines) -> first + e + String.join("", lines));
        return Arbitraries.oneOf(same, mixed);
    }
}
