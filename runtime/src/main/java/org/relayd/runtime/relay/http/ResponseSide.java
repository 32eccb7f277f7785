package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.http.body.BodyReader;
import org.relayd.runtime.relay.http.head.HeadParser;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.wire.Wire;

/** Listens to the target: takes its stream apart into responses. Nothing may come while no request is on its way. */
final class ResponseSide extends MessageSide {

    private enum State {
        IDLE, HEAD, BODY, TUNNEL
    }

    private State state = State.IDLE;
    private ByteBuf partial = Unpooled.EMPTY_BUFFER;
    private boolean ended;

    ResponseSide(HttpDialogue dialogue) {
        super(dialogue);
    }

    @Override
    Wire own() {
        return dialogue().target();
    }

    @Override
    Wire other() {
        return dialogue().client();
    }

    @Override
    HeadVerdict read(MessageHead head) {
        return HeadParser.response(head, dialogue().http().headLimit());
    }

    @Override
    void count(long octets) {
        dialogue().exchange().countResponse(octets);
    }

    @Override
    boolean isInBody() {
        return state == State.BODY;
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
        stopWaiting();
        state = State.IDLE;
        ended = false;
    }

    /** From now on everything goes to the client as it is. */
    void tunnel() {
        state = State.TUNNEL;
    }

    @Override
    public void received(ByteBuf bytes) {
        dialogue().session().touch();
        if (partial.isReadable()) {
            ByteBuf all = hold(partial, bytes);
            partial = Unpooled.EMPTY_BUFFER;
            take(all);
            if (all.isReadable() && !dialogue().isEnded()) {
                partial = all;
            } else {
                all.release();
            }
        } else {
            take(bytes);
            if (bytes.isReadable() && !dialogue().isEnded()) {
                partial = hold(partial, bytes);
            }
        }
    }

    private void take(ByteBuf bytes) {
        boolean more = true;
        while (more && bytes.isReadable() && !dialogue().isEnded()) {
            more = switch (state) {
                case HEAD -> head(bytes);
                case BODY -> part(bytes);
                case TUNNEL -> passOn(bytes);
                case IDLE -> unasked(bytes);
            };
        }
    }

    /** Octets that no request asked for cannot be the beginning of the next response. */
    private boolean unasked(ByteBuf bytes) {
        bytes.skipBytes(bytes.readableBytes());
        dialogue().session().end(SessionEnd.Fixed.UNASKED);
        return false;
    }

    private boolean head(ByteBuf bytes) {
        MessageHead head = dialogue().http().loop().response();
        HeadVerdict verdict = next(head, bytes);
        if (verdict == HeadVerdict.INCOMPLETE) {
            return false;
        }
        if (verdict.isFault()) {
            dialogue().badGateway();
            return false;
        }
        bytes.skipBytes(head.length());
        dialogue().response(head, bytes);
        return true;
    }

    /** The head has gone to the client: the body follows. */
    void beginBody() {
        state = State.BODY;
    }

    /** The response is over; octets behind it were not asked for, and the target cannot be trusted any more. */
    @Override
    void bodyOver(ByteBuf rest) {
        boolean surplus = rest.isReadable();
        rest.skipBytes(rest.readableBytes());
        state = State.IDLE;
        dialogue().responseEnded(surplus);
    }

    @Override
    public void ended() {
        dialogue().session().touch();
        ended = true;
        if (state == State.TUNNEL) {
            dialogue().halfClosed(dialogue().client());
        } else if (state == State.BODY && body().kind() == BodyReader.Kind.UNTIL_CLOSE) {
            body().end();
            bodyOver(Unpooled.EMPTY_BUFFER);
        } else if (state == State.HEAD && partial.isReadable()) {
            dialogue().badGateway();
        } else {
            dialogue().targetLeft();
        }
    }

    @Override
    public void broken(String reason) {
        dialogue().targetBroken(reason);
    }
}
