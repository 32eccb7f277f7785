package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.relayd.runtime.ResponseReading;
import org.relayd.runtime.relay.http.body.BodyReader;
import org.relayd.runtime.relay.http.body.ChunkedScanner.Stretch;
import org.relayd.runtime.relay.http.head.HeadParser;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.HeadWait;
import org.relayd.runtime.relay.http.head.MessageHead;

/** A response that goes to nobody: only its body is asked for. */
public final class AnswerReader implements ResponseReading {
    /** Octets in the lines of a head. */
    private static final int MOST_HEAD = 65536;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final MessageHead head = new MessageHead();
    private final HeadWait wait = new HeadWait();
    private final BodyReader body = new BodyReader();
    /** What has come of the head; on the heap, so that nobody needs to release it. */
    private ByteBuf lines = Unpooled.EMPTY_BUFFER;
    private boolean waiting;
    private Stage stage = Stage.HEAD;

    @Override
    public Stage take(ByteBuf octets, Consumer<ByteBuf> data) {
        if (stage == Stage.HEAD) {
            if (!lines.isReadable()) {
                lines = Unpooled.buffer(octets.readableBytes());
            }
            lines.writeBytes(octets);
            readHeads();
            if (stage == Stage.BODY) {
                readBody(lines, data);
            }
        } else {
            readBody(octets, data);
        }
        return stage;
    }

    private void readHeads() {
        while (stage == Stage.HEAD && (!waiting || wait.isOver(lines, MOST_HEAD))) {
            head.load(lines, lines.readableBytes());
            HeadVerdict verdict = HeadParser.response(head, MOST_HEAD);
            if (verdict == HeadVerdict.COMPLETE) {
                waiting = false;
                lines.skipBytes(head.length());
                begin();
            } else if (verdict.isFault()) {
                stage = Stage.MALFORMED;
            } else {
                if (!waiting) {
                    wait.begin(lines);
                    waiting = true;
                }
                return;
            }
        }
    }

    private void begin() {
        int status = head.status();
        if (status >= OK || status == SWITCHING_PROTOCOLS) {
            body.beginResponse(head, status == NO_CONTENT || status == NOT_MODIFIED);
            stage = body.isEnded() ? Stage.ENDED : Stage.BODY;
        }
    }

    private void readBody(ByteBuf octets, Consumer<ByteBuf> data) {
        while (stage == Stage.BODY && octets.isReadable()) {
            int count = (int) Math.min(body.blind(), octets.readableBytes());
            if (count > 0) {
                data.accept(octets.readSlice(count));
                body.passed(count);
            } else {
                frame(octets);
            }
            if (body.isEnded()) {
                stage = Stage.ENDED;
            }
        }
    }

    /** Takes one octet around the data of chunks. */
    private void frame(ByteBuf octets) {
        int at = octets.readerIndex();
        Stretch stretch = body.chunks().scan(octets, at, at + 1);
        octets.skipBytes(1);
        switch (stretch) {
            case KEEP, DROP, FIELD -> {
                if (body.chunks().isDone()) {
                    body.end();
                }
            }
            case INVALID, TOO_LONG -> stage = Stage.MALFORMED;
        }
    }
}
