package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.relayd.runtime.relay.http.body.BodyReader;
import org.relayd.runtime.relay.http.body.ChunkedScanner.Stretch;
import org.relayd.runtime.relay.http.head.HeadParser;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;

/**
 * Listens to the client: takes its stream apart into requests. One request is on its way at a time; what the client sends ahead waits here, bounded, and is parsed and filtered when its turn comes.
 */
final class RequestSide implements WireListener {
    /** Octets sent ahead that are kept before the client has to wait. */
    private static final int MARK = 64 * 1024;
    /** Octets looked at first: most heads are shorter. */
    private static final int FIRST_LOOK = 2048;

    private enum State {
        HEAD, BODY, ANSWER, TUNNEL
    }

    private final HttpSession session;
    private final BodyReader body = new BodyReader();
    private State state = State.HEAD;
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private boolean first = true;
    private boolean partial;
    private boolean ended;

    RequestSide(HttpSession session) {
        this.session = session;
    }

    /** The body of the present request. */
    BodyReader body() {
        return body;
    }

    /** True if all of the present request has been read. */
    boolean isComplete() {
        return state == State.ANSWER;
    }

    /** True if no request is under way. */
    boolean isIdle() {
        return state == State.HEAD && !partial;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public void received(ByteBuf bytes) {
        session.touch();
        if (held.isReadable()) {
            hold(bytes);
            takeHeld();
        } else {
            take(bytes);
            hold(bytes);
        }
    }

    private void hold(ByteBuf bytes) {
        if (bytes.isReadable() && !session.isEnded()) {
            ByteBuf all = Unpooled.buffer(held.readableBytes() + bytes.readableBytes());
            all.writeBytes(held).writeBytes(bytes);
            held.release();
            held = all;
            if (state == State.ANSWER && all.readableBytes() > MARK) {
                session.client().read(false);
            }
        }
    }

    private void takeHeld() {
        ByteBuf waiting = held;
        held = Unpooled.EMPTY_BUFFER;
        take(waiting);
        if (waiting.isReadable() && !session.isEnded()) {
            held = waiting;
        } else {
            waiting.release();
        }
    }

    /** Lets go of what was sent ahead: the session is over. */
    void discard() {
        held.release();
        held = Unpooled.EMPTY_BUFFER;
    }

    private void take(ByteBuf bytes) {
        boolean more = true;
        while (more && bytes.isReadable() && !session.isEnded()) {
            more = switch (state) {
                case HEAD -> head(bytes);
                case BODY -> part(bytes);
                case TUNNEL -> pass(bytes);
                case ANSWER -> false;
            };
        }
    }

    private boolean head(ByteBuf bytes) {
        MessageHead head = session.http().loop().request();
        HeadVerdict verdict = parse(head, bytes);
        if (verdict == HeadVerdict.INCOMPLETE) {
            if (!partial) {
                // All of a head has to come within the session timeout: octets one by one do not extend it.
                partial = true;
                session.limit();
            }
            return false;
        }
        if (verdict.isFault()) {
            session.refuse(verdict.status(), verdict.reason());
            return false;
        }
        if (partial) {
            partial = false;
            session.unlimit();
        }
        first = false;
        bytes.skipBytes(head.length());
        session.request(head, bytes);
        return true;
    }

    private HeadVerdict parse(MessageHead head, ByteBuf bytes) {
        int count = Math.min(bytes.readableBytes(), FIRST_LOOK);
        while (true) {
            head.load(bytes, count);
            HeadVerdict verdict = HeadParser.request(head, session.http().headLimit(), first);
            if (verdict != HeadVerdict.INCOMPLETE || count == bytes.readableBytes()) {
                return verdict;
            }
            count = Math.min(bytes.readableBytes(), count * 4);
        }
    }

    /** Whether what follows a request certainly is no request. */
    HeadVerdict preview(ByteBuf bytes) {
        return body.isEnded() && bytes.isReadable() ? parse(session.http().loop().request(), bytes)
                : HeadVerdict.INCOMPLETE;
    }

    /** The same for what stands behind a body that has come already. */
    HeadVerdict previewBehind(ByteBuf bytes, int length) {
        int at = bytes.readerIndex();
        bytes.skipBytes(length);
        HeadVerdict verdict = parse(session.http().loop().request(), bytes);
        bytes.readerIndex(at);
        return verdict;
    }

    /** The body of the present request begins, if it has one. */
    void beginBody() {
        state = body.isEnded() ? State.ANSWER : State.BODY;
    }

    private boolean part(ByteBuf bytes) {
        if (body.kind() == BodyReader.Kind.CHUNKED) {
            return chunk(bytes);
        }
        int end = bytes.writerIndex();
        int count = (int) Math.min(body.blind(), bytes.readableBytes());
        bytes.writerIndex(bytes.readerIndex() + count);
        session.target().send(bytes);
        bytes.writerIndex(end);
        sent(count);
        slow();
        stream(count);
        return true;
    }

    /** Lets the kernel move the rest of a large body. */
    private void stream(int count) {
        if (count >= Wire.STREAM && body.blind() >= Wire.STREAM && session.splices()) {
            session.client().pass(session.target(), body.blind());
        }
    }

    @Override
    public void passed(long count) {
        session.touch();
        if (state == State.BODY) {
            sent(count);
        }
    }

    /** Octets of the body have gone to the target. */
    void sent(long count) {
        body.passed(count);
        if (body.isEnded()) {
            session.requestEnded();
        }
    }

    private boolean chunk(ByteBuf bytes) {
        int end = bytes.writerIndex();
        Stretch stretch = body.chunks().scan(bytes, bytes.readerIndex(), end);
        int next = body.chunks().next();
        switch (stretch) {
            case KEEP -> {
                int count = next - bytes.readerIndex();
                bytes.writerIndex(next);
                session.target().send(bytes);
                bytes.writerIndex(end);
                slow();
                stream(count);
            }
            case DROP -> bytes.readerIndex(next);
            case INVALID -> session.abort(HttpEnds.INVALID_CHUNK);
            case TOO_LONG -> session.abort(HttpEnds.LONG_CHUNK);
        }
        if (body.chunks().isDone()) {
            body.end();
            session.requestEnded();
        }
        return !session.isEnded();
    }

    private boolean pass(ByteBuf bytes) {
        boolean fast = bytes.readableBytes() >= Wire.STREAM && session.splices();
        session.target().send(bytes);
        slow();
        if (fast) {
            session.client().pass(session.target(), Long.MAX_VALUE);
        }
        return true;
    }

    private void slow() {
        if (session.target().isCongested()) {
            session.client().read(false);
        }
    }

    /** All of the request has been sent; the next one has to wait for the answer. */
    void waitForAnswer() {
        state = State.ANSWER;
    }

    /** The exchange is over: the next request may come, or is here already. */
    void next() {
        state = State.HEAD;
        if (held.isReadable()) {
            session.client().read(true);
            takeHeld();
        } else if (ended) {
            session.clientLeft();
        }
    }

    /** From now on everything goes to the target as it is. */
    void tunnel() {
        state = State.TUNNEL;
        takeHeld();
        if (ended) {
            session.target().shutdownOutput();
        }
    }

    @Override
    public void ended() {
        session.touch();
        ended = true;
        switch (state) {
            case HEAD, BODY -> session.clientLeft();
            case ANSWER -> {}
            case TUNNEL -> session.halfClosed(session.target());
        }
    }

    @Override
    public void drained() {
        session.touch();
        session.target().read(true);
    }

    @Override
    public void broken(String reason) {
        session.clientBroken(reason);
    }
}
