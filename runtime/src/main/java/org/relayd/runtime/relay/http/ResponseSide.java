package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.Side;
import org.relayd.runtime.relay.http.body.BodyReader;
import org.relayd.runtime.relay.http.head.HeadParser;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Wire;

/** Listens to the target: takes its stream apart into responses. Nothing may come while no request is on its way. */
final class ResponseSide extends MessageSide {
    private static final String CUT_HEAD = "Bad Gateway: response headers cut short";

    private final HttpTarget target;
    private ByteBuf partial = Unpooled.EMPTY_BUFFER;
    private boolean ended;

    ResponseSide(HttpExchange exchange, HttpTarget target) {
        super(exchange);
        this.target = target;
    }

    @Override
    Wire own() {
        return target.wire();
    }

    @Override
    Wire other() {
        return exchange().client().wire();
    }

    @Override
    HeadVerdict read(MessageHead head) {
        return HeadParser.response(head, headLimit());
    }

    @Override
    int headLimit() {
        return exchange().http().responseHeadLimit();
    }

    @Override
    void tooLong(String limit) {
        exchange().session().end(new SessionEnd.LongChunk(limit));
    }

    @Override
    void count(long octets) {
        exchange().countResponse(octets);
    }

    @Override
    boolean isInBody() {
        return exchange().progress().givesBody();
    }

    /** Returns whether the target sends no more. */
    boolean isEnded() {
        return ended;
    }

    /** Lets go of what is kept: the session is over, or the target is another one. */
    void reset() {
        partial.release();
        partial = Unpooled.EMPTY_BUFFER;
        stopWaiting();
        ended = false;
    }

    @Override
    public void received(ByteBuf bytes) {
        exchange().session().touch();
        if (partial.isReadable()) {
            ByteBuf all = hold(partial, bytes);
            partial = Unpooled.EMPTY_BUFFER;
            take(all);
            if (all.isReadable() && !isOver()) {
                partial = all;
            } else {
                all.release();
            }
        } else {
            take(bytes);
            if (bytes.isReadable() && !isOver()) {
                partial = hold(partial, bytes);
            }
        }
    }

    private void take(ByteBuf bytes) {
        boolean more = true;
        while (more && bytes.isReadable()) {
            more = switch (exchange().progress()) {
                case REQUESTING, WAITING -> head(bytes);
                case CROSSING, ANSWERING -> part(bytes);
                case TUNNEL -> passOn(bytes);
                case BETWEEN -> unasked(bytes);
                case OVER -> false;
            };
        }
    }

    /** Octets that no request asked for cannot be the beginning of the next response. */
    private boolean unasked(ByteBuf bytes) {
        bytes.skipBytes(bytes.readableBytes());
        exchange().session().end(SessionEnd.Fixed.UNASKED);
        return false;
    }

    private boolean head(ByteBuf bytes) {
        MessageHead head = exchange().http().loop().response();
        HeadVerdict verdict = next(head, bytes);
        if (verdict == HeadVerdict.INCOMPLETE) {
            return false;
        }
        if (verdict.isFault()) {
            exchange().badGateway(verdict.rule(headLimit()));
            return false;
        }
        bytes.skipBytes(head.length());
        target.answered(head);
        exchange().response(head, bytes);
        return true;
    }

    /** The head of a final answer goes to the client, and the body follows. */
    void begin(MessageHead head, ByteBuf rest) {
        int count = body().kind() == BodyReader.Kind.CHUNKED ? 0
                : (int) Math.min(body().blind(), rest.readableBytes());
        exchange().client().send(head, rest, count);
        count(count);
        sent(count, rest);
    }

    /** The response is over; octets after it were not asked for, and the target cannot be trusted any more. */
    @Override
    void bodyOver(ByteBuf rest) {
        boolean surplus = rest.isReadable();
        rest.skipBytes(rest.readableBytes());
        exchange().answerOver(surplus);
    }

    @Override
    public void ended() {
        exchange().session().touch();
        ended = true;
        boolean body = isInBody() && body().kind() == BodyReader.Kind.UNTIL_CLOSE;
        if (exchange().progress() == Progress.TUNNEL) {
            exchange().client().halfClosed(other());
        } else if (body) {
            body().end();
            bodyOver(Unpooled.EMPTY_BUFFER);
        } else {
            lost(Side.TARGET.left());
        }
    }

    /** The target is gone where nobody expects it. */
    private void lost(String why) {
        switch (exchange().progress()) {
            case BETWEEN -> target.forget();
            case REQUESTING, WAITING -> {
                if (partial.isReadable()) {
                    exchange().client().targetFailed(ended ? CUT_HEAD : why);
                } else if (!target.repeat()) {
                    exchange().client().targetFailed(why);
                }
            }
            case CROSSING, ANSWERING -> exchange().client().targetFailed(why);
            case TUNNEL -> exchange().session().end(new SessionEnd.Broken(Side.TARGET, why));
            case OVER -> {}
        }
    }

    /** An answer that has come is worth as much as before; what is wrong with the next one shows after it. */
    @Override
    public void unheard(Fault reason) {
        if (exchange().progress() == Progress.BETWEEN) {
            target.forget();
        }
    }

    @Override
    public void broken(Fault reason) {
        if (reason.isCutOff() && exchange().progress() == Progress.TUNNEL && exchange().client().isEnded()) {
            exchange().session().end(SessionEnd.Fixed.GONE);
        } else {
            lost(reason.text());
        }
    }
}
