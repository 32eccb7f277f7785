package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.http.body.BodyPace;
import org.relayd.runtime.relay.http.head.HeadParser;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.wire.Wire;

/**
 * Listens to the client: takes its stream apart into requests. One request is on its way at a time; what the client sends ahead waits here, bounded, and is parsed and filtered when its turn comes.
 */
final class RequestSide extends MessageSide {
    /** Octets sent ahead that are kept before the client has to wait. */
    private static final int MARK = 64 * 1024;

    /** Nanoseconds from the first octet of a request's head to its last one: a client that holds heads back holds a session. */
    private static final long HEAD_TIME = 60_000_000_000L;

    private enum State {
        HEAD, BODY, ANSWER, TUNNEL
    }

    private State state = State.HEAD;
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private final BodyPace pace;
    private boolean first = true;
    private boolean ended;

    RequestSide(HttpDialogue dialogue) {
        super(dialogue);
        pace = new BodyPace(dialogue.session().loop().ticker()::nanos);
    }

    @Override
    Wire own() {
        return dialogue().client();
    }

    @Override
    Wire other() {
        return dialogue().target();
    }

    @Override
    HeadVerdict read(MessageHead head) {
        HttpRelay http = dialogue().http();
        return http.passesAnyMethod() ? HeadParser.requestOfAnyMethod(head, http.headLimit(), first)
                : HeadParser.request(head, http.headLimit(), first);
    }

    @Override
    void count(long octets) {
        dialogue().exchange().countRequest(octets);
    }

    @Override
    boolean isInBody() {
        return state == State.BODY;
    }

    @Override
    void bodyOver(ByteBuf rest) {
        waitForAnswer();
    }

    /** True if all of the present request has been read. */
    boolean isComplete() {
        return state == State.ANSWER;
    }

    /** True if no request is under way. */
    boolean isIdle() {
        return state == State.HEAD && !isWaiting();
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public void received(ByteBuf bytes) {
        dialogue().session().touch();
        int count = bytes.readableBytes();
        boolean more = state == State.BODY;
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
        if (state == State.BODY && pace.isTooSlow(count)) {
            dialogue().session().end(SessionEnd.Fixed.REQUEST_LATE);
        }
    }

    private void hold(ByteBuf bytes) {
        if (bytes.isReadable() && !dialogue().isEnded()) {
            held = hold(held, bytes);
            if (state == State.ANSWER && held.readableBytes() > MARK) {
                dialogue().client().read(false);
            }
        }
    }

    private void takeHeld() {
        ByteBuf waiting = held;
        held = Unpooled.EMPTY_BUFFER;
        take(waiting);
        if (waiting.isReadable() && !dialogue().isEnded()) {
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
        while (more && bytes.isReadable() && !dialogue().isEnded()) {
            more = switch (state) {
                case HEAD -> head(bytes);
                case BODY -> part(bytes);
                case TUNNEL -> passOn(bytes);
                case ANSWER -> false;
            };
        }
    }

    private boolean head(ByteBuf bytes) {
        MessageHead head = dialogue().http().loop().request();
        boolean limited = isWaiting();
        HeadVerdict verdict = next(head, bytes);
        if (verdict == HeadVerdict.INCOMPLETE) {
            if (!limited) {
                // Octets one by one do not extend the time for a head.
                dialogue().session().limit(HEAD_TIME, dialogue()::idle);
            }
            return false;
        }
        if (verdict.isFault()) {
            dialogue().malformed(verdict, bytes);
            return false;
        }
        if (limited) {
            dialogue().session().unlimit();
        }
        first = false;
        bytes.skipBytes(head.length());
        dialogue().request(head, bytes);
        return true;
    }

    /** Whether what follows a request certainly is no request. */
    HeadVerdict preview(ByteBuf bytes) {
        return body().isEnded() && bytes.isReadable() ? parse(dialogue().http().loop().request(), bytes)
                : HeadVerdict.INCOMPLETE;
    }

    /** The same for what stands behind a body that has come already. */
    HeadVerdict previewBehind(ByteBuf bytes, int length) {
        int at = bytes.readerIndex();
        bytes.skipBytes(length);
        HeadVerdict verdict = parse(dialogue().http().loop().request(), bytes);
        bytes.readerIndex(at);
        return verdict;
    }

    /** The body of the present request begins, if it has one. */
    void beginBody() {
        if (body().isEnded()) {
            state = State.ANSWER;
        } else {
            state = State.BODY;
            pace.begin();
        }
    }

    /** All of the request has been sent; the next one has to wait for the answer. */
    void waitForAnswer() {
        state = State.ANSWER;
    }

    /** The exchange is over: the next request may come, or is here already, or a part of it that will never be whole. */
    void next() {
        state = State.HEAD;
        if (held.isReadable()) {
            dialogue().client().read(true);
            takeHeld();
        }
        if (ended && !dialogue().isEnded() && (state == State.HEAD || state == State.BODY)) {
            dialogue().clientLeft();
        }
    }

    /** From now on everything goes to the target as it is. */
    void tunnel() {
        state = State.TUNNEL;
        takeHeld();
        if (ended) {
            dialogue().target().shutdownOutput();
        }
    }

    @Override
    public void ended() {
        dialogue().session().touch();
        ended = true;
        switch (state) {
            case HEAD, BODY -> dialogue().clientLeft();
            case ANSWER -> {}
            case TUNNEL -> dialogue().halfClosed(dialogue().target());
        }
    }

    @Override
    public void broken(String reason) {
        dialogue().clientBroken(reason);
    }
}
