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

/** Listens to the target: takes its stream apart into responses. Nothing may come while no request is on its way. */
final class ResponseSide implements WireListener {
    private static final int FIRST_LOOK = 2048;

    private enum State {
        IDLE, HEAD, BODY, TUNNEL
    }

    private final HttpSession session;
    private final BodyReader body = new BodyReader();
    private State state = State.IDLE;
    private ByteBuf partial = Unpooled.EMPTY_BUFFER;
    private boolean ended;

    ResponseSide(HttpSession session) {
        this.session = session;
    }

    BodyReader body() {
        return body;
    }

    /** True if no response is awaited. */
    boolean isIdle() {
        return state == State.IDLE && !ended;
    }

    boolean isEnded() {
        return ended;
    }

    /** A request has been sent: its response is awaited. */
    void await() {
        if (state == State.IDLE) {
            state = State.HEAD;
        }
    }

    /** Lets go of what is kept: the session is over, or the target is another one. */
    void reset() {
        partial.release();
        partial = Unpooled.EMPTY_BUFFER;
        state = State.IDLE;
        ended = false;
    }

    /** From now on everything goes to the client as it is. */
    void tunnel() {
        state = State.TUNNEL;
    }

    @Override
    public void received(ByteBuf bytes) {
        session.touch();
        if (partial.isReadable()) {
            ByteBuf all = Unpooled.buffer(partial.readableBytes() + bytes.readableBytes());
            all.writeBytes(partial).writeBytes(bytes);
            partial.release();
            partial = Unpooled.EMPTY_BUFFER;
            take(all);
            keep(all);
            all.release();
        } else {
            take(bytes);
            keep(bytes);
        }
    }

    private void keep(ByteBuf bytes) {
        if (bytes.isReadable() && !session.isEnded()) {
            partial = Unpooled.copiedBuffer(bytes);
        }
    }

    private void take(ByteBuf bytes) {
        boolean more = true;
        while (more && bytes.isReadable() && !session.isEnded()) {
            more = switch (state) {
                case HEAD -> head(bytes);
                case BODY -> part(bytes);
                case TUNNEL -> pass(bytes);
                case IDLE -> unasked(bytes);
            };
        }
    }

    /** Octets that no request asked for cannot be the beginning of the next response. */
    private boolean unasked(ByteBuf bytes) {
        bytes.skipBytes(bytes.readableBytes());
        session.end(HttpEnds.UNASKED);
        return false;
    }

    private boolean head(ByteBuf bytes) {
        MessageHead head = session.http().loop().response();
        HeadVerdict verdict = parse(head, bytes);
        if (verdict == HeadVerdict.INCOMPLETE) {
            return false;
        }
        if (verdict.isFault()) {
            session.badGateway();
            return false;
        }
        bytes.skipBytes(head.length());
        session.response(head, bytes);
        return true;
    }

    private HeadVerdict parse(MessageHead head, ByteBuf bytes) {
        int count = Math.min(bytes.readableBytes(), FIRST_LOOK);
        while (true) {
            head.load(bytes, count);
            HeadVerdict verdict = HeadParser.response(head, session.http().headLimit());
            if (verdict != HeadVerdict.INCOMPLETE || count == bytes.readableBytes()) {
                return verdict;
            }
            count = Math.min(bytes.readableBytes(), count * 4);
        }
    }

    /** The head has gone to the client: the body follows. */
    void beginBody() {
        state = State.BODY;
    }

    private boolean part(ByteBuf bytes) {
        if (body.kind() == BodyReader.Kind.CHUNKED) {
            return chunk(bytes);
        }
        int end = bytes.writerIndex();
        int count = (int) Math.min(body.blind(), bytes.readableBytes());
        bytes.writerIndex(bytes.readerIndex() + count);
        session.client().send(bytes);
        bytes.writerIndex(end);
        slow();
        sent(count, bytes);
        stream(count);
        return true;
    }

    /** Lets the kernel move the rest of a large body. */
    private void stream(int count) {
        if (count >= Wire.STREAM && state == State.BODY && body.blind() >= Wire.STREAM && session.splices()) {
            session.target().pass(session.client(), body.blind());
        }
    }

    @Override
    public void passed(long count) {
        session.touch();
        if (state == State.BODY) {
            sent(count, Unpooled.EMPTY_BUFFER);
        }
    }

    /** Octets of the body have gone to the client; {@code rest} is what stands behind them. */
    void sent(long count, ByteBuf rest) {
        body.passed(count);
        if (body.isEnded()) {
            over(rest);
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
                session.client().send(bytes);
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
            over(bytes);
        }
        return !session.isEnded();
    }

    /** The response is over; octets behind it were not asked for, and the target cannot be trusted any more. */
    void over(ByteBuf rest) {
        boolean surplus = rest.isReadable();
        rest.skipBytes(rest.readableBytes());
        state = State.IDLE;
        session.responseEnded(surplus);
    }

    private boolean pass(ByteBuf bytes) {
        boolean fast = bytes.readableBytes() >= Wire.STREAM && session.splices();
        session.client().send(bytes);
        slow();
        if (fast) {
            session.target().pass(session.client(), Long.MAX_VALUE);
        }
        return true;
    }

    private void slow() {
        if (session.client().isCongested()) {
            session.target().read(false);
        }
    }

    @Override
    public void ended() {
        session.touch();
        ended = true;
        if (state == State.TUNNEL) {
            session.halfClosed(session.client());
        } else if (state == State.BODY && body.kind() == BodyReader.Kind.UNTIL_CLOSE) {
            body.end();
            over(Unpooled.EMPTY_BUFFER);
        } else if (state == State.HEAD && partial.isReadable()) {
            session.badGateway();
        } else {
            session.targetLeft();
        }
    }

    @Override
    public void drained() {
        session.touch();
        session.client().read(true);
    }

    @Override
    public void broken(String reason) {
        session.targetBroken(reason);
    }
}
