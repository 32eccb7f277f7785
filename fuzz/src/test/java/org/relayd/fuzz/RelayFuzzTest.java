package org.relayd.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.relayd.ir.term.Direction;
import org.relayd.runtime.dns.DnsAnswer;
import org.relayd.runtime.dns.DnsMessage;
import org.relayd.runtime.relay.http.body.ChunkedScanner;
import org.relayd.runtime.relay.http.body.ChunkedScanner.Stretch;
import org.relayd.runtime.relay.http.head.HeadParser;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.HeadWriter;
import org.relayd.runtime.relay.http.head.MessageHead;

/**
 * Whatever comes from the network, the parsers of relays come to a verdict, and what they accept and write anew they
 * read as the same.
 */
class RelayFuzzTest {
    private static final int LIMIT = 8192;

    private final MessageHead head = new MessageHead();
    private final HeadWriter writer = new HeadWriter();

    private void load(byte[] octets, int length) {
        head.load(Unpooled.wrappedBuffer(octets, 0, length), length);
    }

    @DictionaryEntries({"GET ", "CONNECT ", " HTTP/1.1\\x0d\\x0a", "Host: x\\x0d\\x0a", "http://x", "Content-Length: ",
            " HTTP/1.2\\x0a", "Host: x\\x0a", "\\x0a\\x0a", "\\x0d\\x0a ",
            "Transfer-Encoding: chunked\\x0d\\x0a", "Connection: ", "Upgrade: ", "Expect: 100-continue\\x0d\\x0a",
            "\\x0d\\x0a\\x0d\\x0a"})
    @FuzzTest(maxDuration = "5m")
    void request(byte[] octets) {
        load(octets, octets.length);
        if (HeadParser.request(head, LIMIT) == HeadVerdict.COMPLETE) {
            String method = head.methodText();
            int fields = head.fields().size();
            long length = head.contentLength();
            boolean chunked = head.isChunked();
            writer.writeInOrder(head, Direction.REQUEST);
            byte[] written = writer.octets().clone();
            load(written, writer.length());
            assertEquals(HeadVerdict.COMPLETE, HeadParser.request(head, 2 * LIMIT));
            assertEquals(method, head.methodText());
            assertEquals(fields, head.fields().size());
            assertEquals(length, head.contentLength());
            assertEquals(chunked, head.isChunked());
            assertEquals(Referee.requests(text(written, writer.length()) + (chunked ? "0\r\n\r\n" : "")),
                    method + " " + fields + (length > 0 ? " open" : ""));
        }
    }

    private static String text(byte[] octets, int length) {
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }

    @DictionaryEntries({"HTTP/1.1 200 OK\\x0d\\x0a", "HTTP/1.0 ", "HTTP/1.2 200\\x0a", "\\x0a\\x0a", "Content-Length: ",
            "Transfer-Encoding: chunked\\x0d\\x0a",
            "\\x0d\\x0a ",
            "Connection: ", "Upgrade: websocket\\x0d\\x0a", "\\x0d\\x0a\\x0d\\x0a"})
    @FuzzTest(maxDuration = "5m")
    void response(byte[] octets) {
        load(octets, octets.length);
        if (HeadParser.response(head, LIMIT) == HeadVerdict.COMPLETE) {
            int status = head.status();
            long length = head.contentLength();
            writer.writeInOrder(head, Direction.RESPONSE);
            byte[] written = writer.octets().clone();
            load(written, writer.length());
            assertEquals(HeadVerdict.COMPLETE, HeadParser.response(head, 2 * LIMIT));
            assertEquals(status, head.status());
            assertEquals(length, head.contentLength());
        }
    }

    @DictionaryEntries({"\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a", "1\\x0d\\x0ax\\x0d\\x0a", ";a=\\x22", "\\x5c\\x22",
            "Content-Length: 1\\x0d\\x0a", "FFFFFFFFFFFFFFFF", "00000000", " \\x0d\\x0a"})
    @FuzzTest(maxDuration = "5m")
    void chunked(byte[] octets) {
        assertEquals(scan(octets, octets.length), scan(octets, 1));
        assertEquals(scan(octets, octets.length), scan(octets, 5));
        passedOn(octets).ifPresent(
                passed -> assertEquals("POST 2",
                        Referee.requests("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + passed)));
    }

    /** What goes on of a body that is whole. */
    private static Optional<String> passedOn(byte[] octets) {
        ChunkedScanner scanner = new ChunkedScanner();
        ByteBuf bytes = Unpooled.wrappedBuffer(octets);
        StringBuilder passed = new StringBuilder();
        int at = 0;
        while (at < octets.length && !scanner.isDone()) {
            Stretch stretch = scanner.scan(bytes, at, octets.length);
            if (stretch == Stretch.INVALID || stretch == Stretch.TOO_LONG) {
                return Optional.empty();
            }
            if (stretch != Stretch.DROP) {
                passed.append(bytes.toString(at, scanner.next() - at, StandardCharsets.ISO_8859_1));
            }
            at = scanner.next();
        }
        return scanner.isDone() ? Optional.of(passed.toString()) : Optional.empty();
    }

    /** What relayd reads of a message that is long enough to be one; two equal messages ask the same. */
    @FuzzTest(maxDuration = "5m")
    void dns(byte[] octets) {
        if (octets.length >= DnsMessage.HEADER) {
            ByteBuf message = Unpooled.wrappedBuffer(octets);
            assertFalse(DnsMessage.summary(message).isEmpty());
            assertEquals((octets[2] & 0x80) != 0, DnsMessage.isResponse(message));
            Optional<byte[]> question = DnsMessage.question(message);
            question.ifPresent(found -> assertTrue(found.length <= octets.length - DnsMessage.HEADER));
            // A record with an address has 15 octets at least.
            assertTrue(DnsAnswer.of(message).addresses().size() * 15 <= octets.length);
            assertEquals(octets.length, message.readableBytes());
        }
    }

    /** How a body ends that comes in pieces: done and where, still open, or why it is refused. */
    private static String scan(byte[] octets, int piece) {
        ChunkedScanner scanner = new ChunkedScanner();
        ByteBuf bytes = Unpooled.wrappedBuffer(octets);
        int at = 0;
        while (at < octets.length && !scanner.isDone()) {
            int end = Math.min(octets.length, at + Math.max(piece, 1));
            while (at < end && !scanner.isDone()) {
                Stretch stretch = scanner.scan(bytes, at, end);
                if (stretch == Stretch.INVALID || stretch == Stretch.TOO_LONG) {
                    return stretch.name();
                }
                assertTrue(scanner.next() > at);
                at = scanner.next();
            }
        }
        return scanner.isDone() ? "done at " + at : "open";
    }
}
