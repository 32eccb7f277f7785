package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.http.body.BodyReader;
import org.relayd.runtime.relay.http.body.ChunkedScanner.Stretch;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.HeadWait;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;

/** One direction of HTTP/1: what requests and responses have in common in how heads are read and bodies move. */
abstract sealed class MessageSide implements WireListener permits RequestSide, ResponseSide {
    /** Octets looked at first: most heads are shorter. */
    private static final int FIRST_LOOK = 2048;

    private final HttpExchange exchange;
    private final BodyReader body = new BodyReader();
    private final TrailerLine trailer = new TrailerLine();
    private final HeadWait wait = new HeadWait();
    private boolean waiting;

    MessageSide(HttpExchange exchange) {
        this.exchange = exchange;
    }

    final HttpExchange exchange() {
        return exchange;
    }

    /** Returns whether what comes does not matter any more. */
    final boolean isOver() {
        return exchange.progress() == Progress.OVER;
    }

    /** Returns the body of the present message. */
    final BodyReader body() {
        return body;
    }

    /** Returns the wire that this side listens to. */
    abstract Wire own();

    /** Returns the wire that messages of this side go to. */
    abstract Wire other();

    /** Reads a head from what is loaded. */
    abstract HeadVerdict read(MessageHead head);

    /** Returns the most octets of a head, line ends not counted. */
    abstract int headLimit();

    /** A limit of chunked bodies was passed, which ends the session. */
    abstract void tooLong(String limit);

    /** Returns whether a body is under way. */
    abstract boolean isInBody();

    /**
     * The body has gone to the other side.
     *
     * @param rest
     *            what was received after it
     */
    abstract void bodyOver(ByteBuf rest);

    /** Reads the next head, unless there is no use in it yet. */
    final HeadVerdict next(MessageHead head, ByteBuf bytes) {
        if (waiting && !wait.isOver(bytes, headLimit())) {
            return HeadVerdict.INCOMPLETE;
        }
        HeadVerdict verdict = parse(head, bytes);
        boolean more = verdict == HeadVerdict.INCOMPLETE;
        if (more && !waiting) {
            wait.begin(bytes);
        }
        waiting = more;
        return verdict;
    }

    /** Returns whether a part of a head has come. */
    final boolean isWaiting() {
        return waiting;
    }

    /** The part of a head that has come will never be whole. */
    final void stopWaiting() {
        waiting = false;
    }

    /**
     * Puts octets after those that have come and were not taken.
     *
     * @param held
     *            belongs to the answer from now on; a wire may still hold octets of it that were taken
     */
    static ByteBuf hold(ByteBuf held, ByteBuf more) {
        if (held.capacity() > 0 && held.refCnt() == 1) {
            return held.discardSomeReadBytes().writeBytes(more);
        }
        ByteBuf all = Unpooled.buffer(held.readableBytes() + more.readableBytes()).writeBytes(held).writeBytes(more);
        held.release();
        return all;
    }

    /** Reads a head in growing looks, so that a short one is not copied together with a long body. */
    private HeadVerdict parse(MessageHead head, ByteBuf bytes) {
        int count = Math.min(bytes.readableBytes(), FIRST_LOOK);
        head.load(bytes, count);
        HeadVerdict verdict = read(head);
        while (verdict == HeadVerdict.INCOMPLETE && count < bytes.readableBytes()) {
            count = Math.min(bytes.readableBytes(), count * 4);
            head.more(bytes, count);
            verdict = read(head);
        }
        return verdict;
    }

    /** Octets after the head have gone to the other side. */
    abstract void count(long octets);

    /** Moves the next part of the body; false if the session has ended. */
    final boolean part(ByteBuf bytes) {
        if (body.kind() == BodyReader.Kind.CHUNKED) {
            return chunk(bytes);
        }
        int count = (int) Math.min(body.blind(), bytes.readableBytes());
        send(bytes, count);
        sent(count, bytes);
        stream(count);
        return true;
    }

    private boolean chunk(ByteBuf bytes) {
        if (body.isDecoded()) {
            return decode(bytes);
        }
        int from = bytes.readerIndex();
        Stretch stretch = body.chunks().scan(bytes, from, bytes.writerIndex());
        int count = body.chunks().next() - from;
        follow(stretch, bytes, count);
        return !isOver();
    }

    /** Passes on data, or takes one octet around it. */
    private boolean decode(ByteBuf bytes) {
        int data = (int) Math.min(body.blind(), bytes.readableBytes());
        if (data > 0) {
            send(bytes, data);
            body.passed(data);
            stream(data);
            return true;
        }
        int from = bytes.readerIndex();
        Stretch stretch = body.chunks().scan(bytes, from, from + 1);
        follow(stretch == Stretch.KEEP || stretch == Stretch.FIELD ? Stretch.DROP : stretch, bytes, 1);
        return !isOver();
    }

    private void follow(Stretch stretch, ByteBuf bytes, int count) {
        switch (stretch) {
            case KEEP -> {
                send(bytes, count);
                stream(count);
            }
            case DROP -> bytes.skipBytes(count);
            case FIELD -> trailer.add(bytes, count, exchange.http().trailers())
                    .ifPresent(this::sendTrailer);
            case INVALID -> exchange.session().end(SessionEnd.Fixed.INVALID_CHUNK);
            case TOO_LONG -> tooLong(body.chunks().passedLimit());
        }
        if (body.chunks().isDone()) {
            body.end();
            bodyOver(bytes);
        }
    }

    private void sendTrailer(byte[] line) {
        other().send(line, line.length);
        count(line.length);
    }

    /**
     * Sends the next octets of a buffer; the side that they come from has to wait if the other one cannot take them.
     */
    private void send(ByteBuf bytes, int count) {
        other().send(bytes, count);
        count(count);
        if (other().isCongested()) {
            own().read(false);
        }
    }

    /** Octets of the body have gone to the other side; {@code rest} is what stands after them. */
    final void sent(long count, ByteBuf rest) {
        body.passed(count);
        if (body.isEnded()) {
            bodyOver(rest);
        }
    }

    /** Lets the kernel move the rest of a large body. */
    private void stream(int count) {
        if (count >= Wire.STREAM && isInBody() && body.blind() >= Wire.STREAM && exchange.http().relay().splices()) {
            own().pass(other(), body.blind());
        }
    }

    /** Passes octets of a tunnel. */
    final boolean passOn(ByteBuf bytes) {
        boolean fast = bytes.readableBytes() >= Wire.STREAM && exchange.http().relay().splices();
        send(bytes, bytes.readableBytes());
        if (fast) {
            own().pass(other(), Long.MAX_VALUE);
        }
        return true;
    }

    @Override
    public final void passed(long count) {
        exchange.session().touch();
        count(count);
        if (isInBody()) {
            sent(count, Unpooled.EMPTY_BUFFER);
            counted(count);
        }
    }

    /** Octets of the body have come and more will follow: a side may find that they come too slowly. */
    void counted(long count) {
        // Targets may take their time.
    }

    @Override
    public final void drained() {
        exchange.session().touch();
        other().read(true);
    }
}
