package org.relayd.runtime.relay.http.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Empty lines in front of a request, at once and octet by octet. */
class EmptyLinesTest {

    /** Feeds a text in pieces; answers the verdict and what is left. */
    private static String skip(String text, int piece) {
        EmptyLines lines = new EmptyLines();
        ByteBuf octets = Unpooled.buffer();
        HeadVerdict verdict = HeadVerdict.INCOMPLETE;
        for (int at = 0; at < text.length() && verdict == HeadVerdict.INCOMPLETE; at += piece) {
            octets.writeCharSequence(text.substring(at, Math.min(text.length(), at + piece)),
                    StandardCharsets.ISO_8859_1);
            verdict = lines.skip(octets);
        }
        String rest = octets.toString(StandardCharsets.ISO_8859_1) + (text.length() - octets.writerIndex());
        octets.release();
        return verdict + " " + rest.replace("\r", "\\r").replace("\n", "\\n");
    }

    @ParameterizedTest
    @CsvSource({"GET, COMPLETE GET0", "rnGET, COMPLETE GET0", "nGET, COMPLETE GET0", "rnnrnnGET, COMPLETE GET0",
            "rnrnrnrnrnGET, NO_METHOD \\r\\nGET0", "nnnnnGET, NO_METHOD \\nGET0", "r, INCOMPLETE \\r0",
            "rnr, INCOMPLETE \\r0", "rnrn, INCOMPLETE 0", "rGET, COMPLETE \\rGET0", "rrnGET, COMPLETE \\r\\r\\nGET0",
            "' nGET', COMPLETE  \\nGET0"})
    void upToFourAreSkipped(String written, String expected) {
        String text = written.replace('r', '\r').replace('n', '\n');
        assertEquals(expected, skip(text, text.length()));
    }

    @Test
    void piecesMakeNoDifference() {
        for (String text : new String[]{"\r\n\n\r\nGET", "\n\n\n\n\n", "\r\n\r\n\r\n\r\n\r\n", "\n\n\n\n\rG", "\rG"}) {
            String whole = skip(text, text.length());
            String cut = skip(text, 1);
            assertEquals(whole.substring(0, whole.indexOf(' ')), cut.substring(0, cut.indexOf(' ')), text);
        }
    }

    @Test
    void eachRequestMayHaveItsOwn() {
        EmptyLines lines = new EmptyLines();
        ByteBuf octets = Unpooled.copiedBuffer("\n\n\nG\n\n\nG", StandardCharsets.ISO_8859_1);
        assertEquals(HeadVerdict.COMPLETE, lines.skip(octets));
        octets.skipBytes(1);
        lines.request();
        assertEquals(HeadVerdict.COMPLETE, lines.skip(octets));
        assertEquals(1, octets.readableBytes());
        octets.release();
    }
}
