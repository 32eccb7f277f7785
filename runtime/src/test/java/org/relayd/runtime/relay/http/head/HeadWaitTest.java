package org.relayd.runtime.relay.http.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Heads that come octet by octet: how often they are read, counted in octets. */
class HeadWaitTest {
    private static final int LIMIT = 131_072;

    /** What became of a head that came octet by octet. */
    private record Played(HeadVerdict verdict, int octets, long work, int reads) {}

    private static Played play(String text, int limit) {
        byte[] all = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuf come = Unpooled.buffer(all.length);
        HeadWait wait = new HeadWait();
        MessageHead head = new MessageHead();
        HeadVerdict verdict = HeadVerdict.INCOMPLETE;
        long work = 0;
        int reads = 0;
        for (int i = 0; i < all.length && verdict == HeadVerdict.INCOMPLETE; i++) {
            come.writeByte(all[i]);
            if (i == 0 || wait.isOver(come, limit)) {
                head.load(come, come.readableBytes());
                verdict = HeadParser.request(head, limit);
                work += come.readableBytes();
                reads++;
            }
            if (i == 0) {
                wait.begin(come);
            }
        }
        int octets = come.readableBytes();
        come.release();
        return new Played(verdict, octets, work, reads);
    }

    private static void isLinear(String text, HeadVerdict expected) {
        isLinear(text, LIMIT, expected);
    }

    private static void isLinear(String text, int limit, HeadVerdict expected) {
        Played played = play(text, limit);
        assertEquals(expected, played.verdict());
        assertTrue(played.work() <= 2 * HeadWait.FREE + 4L * text.length(), () -> text.length() + ": " + played);
    }

    @Test
    void manyShortLinesAreNotReadAtEachOfThem() {
        isLinear("GET / HTTP/1.1\r\nHost: x\r\n" + "a:\r\n".repeat(500) + "\r\n", HeadVerdict.COMPLETE);
        isLinear("GET / HTTP/1.1\r\nHost: x\r\n" + "a:\r\n".repeat(30_000) + "\r\n", HeadVerdict.TOO_MANY);
    }

    @Test
    void aLongLineIsNotReadAtEachOctet() {
        isLinear("GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(100_000) + "\r\n\r\n", HeadVerdict.COMPLETE);
        isLinear("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", HeadVerdict.COMPLETE);
    }

    @Test
    void linesThatEndInLineFeedsAreReadAsSeldom() {
        isLinear("GET / HTTP/1.1\nHost: x\n" + "a:\n".repeat(500) + "\n", HeadVerdict.COMPLETE);
        isLinear("GET / HTTP/1.1\nHost: x\n" + ("a: " + "b".repeat(500) + "\n").repeat(500) + "\n",
                HeadVerdict.TOO_LARGE);
    }

    @Test
    void theEndIsNoticedAtItsLastOctet() {
        String head = "GET / HTTP/1.1\r\nHost: x\r\nA: 1\r\n\r\n";
        assertEquals(head.length(), play(head + "rest", LIMIT).octets());
        String bare = head.replace("\r", "");
        assertEquals(bare.length(), play(bare + "\n", LIMIT).octets());
    }

    @Test
    void whatIsTooLargeIsNoticedAtItsFirstOctet() {
        Played value = play("GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(200), 100);
        assertEquals(HeadVerdict.TOO_LARGE, value.verdict());
        assertEquals(105, value.octets());
        Played target = play("GET /" + "a".repeat(200), 100);
        assertEquals(HeadVerdict.TOO_LARGE, target.verdict());
        assertEquals(101, target.octets());
        Played bare = play("GET / HTTP/1.1\nHost: x\nA: " + "a".repeat(200), 100);
        assertEquals(HeadVerdict.TOO_LARGE, bare.verdict());
        assertEquals(103, bare.octets());
    }

    /** Whatever the lines end in: what comes octet by octet is as large as what comes at once. */
    @Test
    void theLimitIsTheSameForHeadsInPieces() {
        for (String end : new String[]{"\r\n", "\n"}) {
            String head = "GET / HTTP/1.1\nHost: x\nA: aaaa\n\n".replace("\n", end);
            int text = head.replaceAll("[\r\n]", "").length();
            assertEquals(HeadVerdict.COMPLETE, play(head, text).verdict());
            assertEquals(HeadVerdict.TOO_LARGE, play(head, text - 1).verdict());
        }
    }

    @Test
    void whatIsNoHeadIsRefusedAtTheEndOfItsLine() {
        String head = "GET / HTTP/1.1\r\nHost: x\r\nA : 1\r\n";
        Played played = play(head + "B: 1\r\n\r\n", LIMIT);
        assertEquals(HeadVerdict.MALFORMED, played.verdict());
        assertTrue(played.octets() <= head.length(), played::toString);
    }

    @Test
    void oneWaitServesOneHeadAfterTheOther() {
        ByteBuf first = Unpooled.copiedBuffer("GET / HTTP/1.1\r\nA: 1\r\n", StandardCharsets.ISO_8859_1);
        HeadWait wait = new HeadWait();
        wait.begin(first);
        assertTrue(wait.isOver(first.writeBytes(new byte[]{'\r', '\n'}), LIMIT));
        ByteBuf second = Unpooled.copiedBuffer("GET / HTTP/1.1\r\n", StandardCharsets.ISO_8859_1);
        wait.begin(second);
        assertEquals(false, wait.isOver(second.writeBytes(new byte[]{'A'}), LIMIT));
        first.release();
        second.release();
    }
}
