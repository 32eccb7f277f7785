package org.relayd.runtime.relay.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.relayd.runtime.tls.TlsSide;

/**
 * One TCP connection of a session. All methods are called on its event loop and never block; after {@link #close} they
 * do nothing. A new wire reads nothing until {@link #read} is called. A wire may be made of another one that carries
 * its bytes in another form.
 *
 * <p>
 * <b>Buffers</b> have one rule, for wires and for who uses them: who needs bytes for longer than a call takes a
 * reference of its own to their buffer, or copies them; nobody writes into a buffer to which somebody else has a
 * reference ({@link ByteBuf#refCnt} above 1). So what one wire received may be sent on any other, which may keep it
 * where it is, and the receiving wire then takes another buffer. Arrays are not counted: a wire copies what it has to
 * keep of them.
 *
 * <p>
 * <b>Congestion</b> has one meaning: bytes that were sent wait, be it one, because there is no room for them where they
 * go. That is the kernel's buffer of the socket, and before there is a connection what stands in for that buffer.
 * Congestion begins during a send, and {@link WireListener#drained} tells its end, once.
 */
public interface Wire extends Endpoints {
    /** Bytes of one receive from which on a sender counts as a stream, for which {@link #pass} pays. */
    int STREAM = 32 * 1024;

    /** Names who is told what happens; may change at any time, e.g. when a kept connection serves another session. */
    void listener(WireListener listener);

    /**
     * Whether received bytes are wanted. While they are not, the kernel's window closes and the sender has to wait;
     * that it has reset the connection is told all the same, from the first call on ({@link WireListener#unheard}),
     * where the system tells of connections that nobody reads: on Linux.
     */
    void read(boolean wanted);

    /**
     * Sends the next bytes of a buffer and moves its reader index past them. All are taken, now or, after a failure
     * ({@link WireListener#unheard}) or the end of the wire, by forgetting them; those for which there is no room yet
     * are kept.
     *
     * @param count
     *            bytes to send, at most those that are readable
     */
    void send(ByteBuf bytes, int count);

    /**
     * Sends bytes of an array, and after them the next bytes of a buffer, as one piece where possible.
     *
     * @param length
     *            bytes of the array to send
     * @param count
     *            as in {@link #send(ByteBuf, int)}
     */
    void send(byte[] bytes, int length, ByteBuf more, int count);

    /**
     * The same for the last bytes: the close that follows in the same turn may leave together with them.
     */
    default void sendLast(byte[] bytes, int length, ByteBuf more, int count) {
        send(bytes, length, more, count);
    }

    /**
     * Sends bytes of an array.
     *
     * @param length
     *            bytes of the array to send
     */
    default void send(byte[] bytes, int length) {
        send(bytes, length, Unpooled.EMPTY_BUFFER, 0);
    }

    /**
     * Returns whether bytes wait: who can stop reading the other side of the session until they have gone should do so.
     */
    boolean isCongested();

    /** Returns how what was sent goes on. The system is asked, so this is a question for once in a while. */
    Delivery delivery();

    /**
     * Asks that bytes go to another wire without coming into this process, as long as they come fast;
     * {@link WireListener#passed} tells how many went, and what comes after them is received as usual. The other wire
     * may be congested: bytes then stay in the kernel, and this wire stops to read until {@link #read} is called again.
     *
     * @param count
     *            most bytes that may go
     * @return whether the kernel moves bytes from now on; if not, all are received as usual
     */
    boolean pass(Wire to, long count);

    /**
     * From now on what goes over the connection is TLS, beginning with the handshake, for which the wire reads and
     * sends by itself. Once, on a wire that has received nothing and whose listener hears nothing until the outcome;
     * what was sent before goes as it is. What is sent before the outcome waits.
     *
     * <p>
     * Then bytes, ends and congestion mean what they meant, with one difference: an end of the stream that the other
     * end has not announced (close_notify, RFC 8446 6.1) is told as {@link WireListener#broken}, because somebody else
     * may have cut it off.
     */
    void secure(TlsSide side, Secured outcome);

    /** Sends everything, then the end of the stream; receiving goes on. */
    void shutdownOutput();

    /**
     * Sends everything, then closes; nothing is told any more. What comes is not read: an end that goes on sending
     * learns by a reset that nobody wants it, and may lose what it has not read.
     */
    void closeAfterOutput();

    /**
     * The same for an end that must lose nothing: if something waits, or bytes have come that nobody read, this is
     * {@link #closeLingering}.
     */
    void closeAnswered();

    /**
     * Sends everything, then the end of the stream, then waits a short while for the other end to close before
     * closing: an answer given before all of a request was read would else be lost in a reset (RFC 9112 9.6).
     * {@link Lingering} says how long that may take. Nothing is told any more.
     */
    void closeLingering();

    /**
     * Closes at once; nothing is told any more. If bytes that wait are given up that is a reset, as after an end the
     * stream would look whole. Over TLS the end is not announced.
     */
    void close();

    /**
     * Closes at once with a reset (RFC 9293 3.10.5): what waits is given up, and the other end learns that what it has
     * is not all. Also ends a close that still waits. Nothing is told any more.
     */
    void reset();
}
