package org.relayd.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrefixedSinkTest {

    /** A stream that keeps what each call writes. */
    private static final class Calls extends OutputStream {
        private final List<String> pieces = new ArrayList<>();

        @Override
        public void write(int octet) {
            throw new AssertionError("one octet in a call");
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            pieces.add(new String(octets, offset, length, StandardCharsets.UTF_8));
        }
    }

    private final Calls calls = new Calls();

    private void write(LineSink.Line... lines) {
        new PrefixedSink(calls).write(List.of(lines));
    }

    private static LineSink.Line info(String text) {
        return new LineSink.Line(Priority.INFO, text);
    }

    @Test
    void eachLineBeginsWithItsPriority() {
        write(info("startup"), new LineSink.Line(Priority.ERROR, "no table ü"), new LineSink.Line(Priority.DEBUG, ""));
        assertEquals(List.of("<6>startup\n<3>no table ü\n<7>\n"), calls.pieces);
    }

    @Test
    void eachLineOfALongerMessageHasThePrefix() {
        write(new LineSink.Line(Priority.ERROR, "protocol p:\n\tno\n"), info("<3>as it is\r"));
        assertEquals(List.of("<3>protocol p:\n<3>\tno\n<3>\n<6><3>as it is\r\n"), calls.pieces);
    }

    @Test
    void noCallWritesPartOfALineOrMoreThanAPipeTakesAtOnce() {
        write(Collections.nCopies(1000, info("ü".repeat(99))).toArray(LineSink.Line[]::new));
        assertEquals(("<6>" + "ü".repeat(99) + "\n").repeat(1000), String.join("", calls.pieces));
        for (String piece : calls.pieces) {
            assertTrue(piece.endsWith("\n"), piece);
            assertTrue(piece.getBytes(StandardCharsets.UTF_8).length <= PrefixedSink.PIECE, piece);
        }
        assertEquals(50, calls.pieces.size());
    }

    @Test
    void aLineLongerThanAPipeTakesIsACallOfItsOwn() {
        write(info("before"), info("x".repeat(2 * PrefixedSink.PIECE)), info("after"));
        assertEquals(List.of("<6>before\n", "<6>" + "x".repeat(2 * PrefixedSink.PIECE) + "\n", "<6>after\n"),
                calls.pieces);
    }

    @Test
    void aReaderThatIsGoneStopsNobody() {
        new PrefixedSink(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        }).write(List.of(info("nobody reads this")));
    }
}
