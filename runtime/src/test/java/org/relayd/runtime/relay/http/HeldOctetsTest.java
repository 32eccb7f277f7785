package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Octets that wait in a session, of which a wire may still hold some. */
class HeldOctetsTest {

    private static ByteBuf octets(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    @Test
    void octetsThatAWireHoldsStayWhereTheyAre() {
        ByteBuf held = MessageSide.hold(Unpooled.EMPTY_BUFFER, octets("body of one, GET /2 HTTP/1.1"));
        ByteBuf sent = held.readRetainedSlice(13);
        ByteBuf all = MessageSide.hold(held, octets("\r\n\r\n"));
        assertEquals("body of one, ", sent.toString(StandardCharsets.US_ASCII));
        assertEquals("GET /2 HTTP/1.1\r\n\r\n", all.toString(StandardCharsets.US_ASCII));
        sent.release();
        assertEquals(0, held.refCnt());
        all.release();
    }
}
