package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.http.body.BodyPace;
import org.relayd.runtime.relay.http.body.BodyReader;
import org.relayd.runtime.relay.http.head.EmptyLines;
import org.relayd.runtime.relay.http.head.HeadParser;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.KeptLimit;
import org.relayd.runtime.relay.wire.Wire;

/**
 * Listens to the client: takes its stream apart into requests. One request is on its way at a time; what the client
 * sends ahead waits here, bounded, and is parsed and filtered when its turn comes.
 */
final class RequestSide extends MessageSide {
    /** Octets sent ahead that are kept before the client has to wait. */
    private static final int MARK = 64 * 1024;

    /**
     * Nanoseconds from the first octet of a request's head to its last one: a client that holds heads back holds a
     * session.
     */
    private static final long HEAD_TIME = 60_000_000_000L;

    /**
     * Nanoseconds of silence after the end of the client's stream: whether it still waits for its answer, or has gone
     * and only the next octets would find out, cannot be told.
     */
    private static final long ENDED_TIME = 30_000_000_000L;

    private final HttpDialogue dialogue;
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private final BodyPace pace;
    private final EmptyLines emptyLines = new EmptyLines();
    private boolean ended;

    RequestSide(HttpExchange exchange, HttpDialogue dialogue) {
        super(exchange);
        this.dialogue = dialogue;
        pace = new BodyPace(exchange.session().loop().ticker()::nanos);
    }

    @Override
    Wire own() {
        return dialogue.wire();
    }

    @Override
    Wire other() {
        return exchange().target().wire();
    }

    @Override
    HeadVerdict read(MessageHead head) {
        return HeadParser.request(head, headLimit());
    }

    @Override
    int headLimit() {
        return exchange().http().headLimit();
    }

    @Override
    void tooLong(String limit) {
        dialogue.tooLong(limit);
    }

    @Override
    void count(long octets) {
        exchange().countRequest(octets);
    }

    @Override
    boolean isInBody() {
        return exchange().progress().takesBody();
    }

    @Override
    void bodyOver(ByteBuf rest) {
        exchange().requestWhole();
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public void received(ByteBuf bytes) {
        exchange().session().touch();
        int count = bytes.readableBytes();
        boolean more = isInBody();
        if (held.isReadable()) {
            hold(bytes);
            takeHeld();
        } else {
            take(bytes);
            hold(bytes);
        }
        if (more) {
            counted(count);
        }
    }

    @Override
    void counted(long count) {
        if (isInBody() && pace.isTooSlow(count)) {
            exchange().session().end(SessionEnd.Fixed.REQUEST_LATE);
        }
    }

    private void hold(ByteBuf bytes) {
        if (bytes.isReadable() && !isOver()) {
            int before = held.capacity();
            held = hold(held, bytes);
            kept().add(held.capacity() - before);
            if (exchange().progress().hasWholeRequest() && held.readableBytes() > (kept().isShort() ? 0 : MARK)) {
                dialogue.wire().read(false);
            }
        }
    }

    private void takeHeld() {
        ByteBuf waiting = held;
        forget();
        take(waiting);
        if (waiting.isReadable() && !isOver()) {
            held = waiting;
            kept().add(held.capacity());
        } else {
            waiting.release();
        }
    }

    /** Lets go of what was sent ahead: the session is over. */
    void discard() {
        ByteBuf gone = held;
        forget();
        gone.release();
    }

    private void forget() {
        kept().add(-held.capacity());
        held = Unpooled.EMPTY_BUFFER;
    }

    private KeptLimit kept() {
        return exchange().session().loop().kept();
    }

    private void take(ByteBuf bytes) {
        boolean more = true;
        while (more && bytes.isReadable()) {
            more = switch (exchange().progress()) {
                case BETWEEN -> head(bytes);
                case REQUESTING, CROSSING -> part(bytes);
                case TUNNEL -> passOn(bytes);
                case WAITING, ANSWERING, OVER -> false;
            };
        }
    }

    private boolean head(ByteBuf bytes) {
        HeadVerdict front = emptyLines.skip(bytes);
        if (front == HeadVerdict.INCOMPLETE || dialogue.handOn(bytes)) {
            return false;
        }
        if (front.isFault()) {
            dialogue.malformed(front, bytes);
            return false;
        }
        MessageHead head = exchange().http().loop().request();
        boolean limited = isWaiting();
        HeadVerdict verdict = next(head, bytes);
        if (verdict == HeadVerdict.INCOMPLETE) {
            if (bytes.readableBytes() > KeptLimit.LITTLE && kept().isFull()) {
                dialogue.crowded(bytes);
                return false;
            }
            if (!limited) {
                // Octets one by one do not extend the time for a head.
                exchange().session().limit(HEAD_TIME, dialogue::idle);
            }
            return false;
        }
        if (verdict.isFault()) {
            dialogue.malformed(verdict, bytes);
            return false;
        }
        if (limited) {
            exchange().session().unlimit();
        }
        emptyLines.request();
        bytes.skipBytes(head.length());
        dialogue.request(head, bytes);
        return true;
    }

    /** Returns whether the client has sent more than the present request. */
    boolean isAhead() {
        return held.isReadable();
    }

    /** The head of the request and as many octets of its body are on their way. */
    void begun(int count) {
        pace.begin();
        sent(count, Unpooled.EMPTY_BUFFER);
    }

    /**
     * The exchange is over: the next request may come, or is here already, or a part of it that will never be whole.
     */
    void next() {
        if (held.isReadable()) {
            dialogue.wire().read(true);
            takeHeld();
        }
        if (ended) {
            switch (exchange().progress()) {
                case BETWEEN, REQUESTING, CROSSING -> dialogue.left();
                case WAITING, ANSWERING, TUNNEL, OVER -> {}
            }
        }
    }

    /** From now on everything goes to the target as it is. */
    void tunnel() {
        takeHeld();
        if (ended) {
            other().shutdownOutput();
        }
    }

    @Override
    public void ended() {
        exchange().session().touch();
        ended = true;
        switch (exchange().progress()) {
            case BETWEEN, REQUESTING, CROSSING -> dialogue.left();
            case WAITING, ANSWERING -> exchange().session().hurry(ENDED_TIME);
            case TUNNEL -> {
                exchange().session().hurry(ENDED_TIME);
                dialogue.halfClosed(other());
            }
            case OVER -> {}
        }
    }

    /** There is nobody to answer any more, whatever has come. */
    @Override
    public void unheard(Fault reason) {
        broken(reason);
    }

    /** Between two requests nothing can be cut off: many clients leave then without announcing it as TLS demands. */
    @Override
    public void broken(Fault reason) {
        if (reason.isCutOff() && exchange().progress() == Progress.BETWEEN && !isWaiting()) {
            dialogue.left();
        } else {
            dialogue.broken(reason);
        }
    }
}
