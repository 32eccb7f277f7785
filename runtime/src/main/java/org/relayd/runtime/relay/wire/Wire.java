package org.relayd.runtime.relay.wire;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One TCP connection of a session. All methods are called on its event loop and never block; after {@link #close} they do nothing. A new wire reads nothing until {@link #read} is called.
 */
public interface Wire {
    /** Bytes of one receive from which on a sender counts as a stream, for which {@link #pass} pays. */
    int STREAM = 32 * 1024;

    /** Names who is told what happens; may be changed at any time, e.g. when a kept connection serves another session. */
    void listener(WireListener listener);

    /** Address of the other end. */
    InetSocketAddress remoteAddress();

    /** Address of this end. */
    InetSocketAddress localAddress();

    /**
     * Where the other end wanted to connect before the packet filter translated its packets, where the socket itself knows: on Linux.
     * The address of this end if nothing was translated; empty if it is not known.
     */
    default Optional<InetSocketAddress> originalDestination() {
        return Optional.empty();
    }

    /** Whether received bytes are wanted. While they are not, the kernel's window closes and the sender has to wait. */
    void read(boolean wanted);

    /**
     * Sends the readable bytes of a buffer. All are taken; those the kernel does not take at once are kept until it does. Only to be called with a buffer that came from
     * {@link WireListener#received} of the same kind of wire, or during that call; the wire may hold it until its bytes are sent, but the caller's own reference stays.
     */
    void send(ByteBuf bytes);

    /**
     * Sends bytes of an array, and behind them the readable bytes of a buffer, as one piece where possible.
     *
     * @param length
     *            bytes of the array to send
     * @param more
     *            as in {@link #send(ByteBuf)}; may be empty
     */
    void send(byte[] bytes, int length, ByteBuf more);

    /** True while so many bytes wait to be sent that the other side of the session should not be read; {@link WireListener#drained} tells when that ends. */
    boolean isCongested();

    /**
     * Asks that bytes go to another wire without coming into this process, as long as they come fast; {@link WireListener#passed} tells how many went. After that, and if this wire cannot do it, bytes are
     * received as usual.
     *
     * @param to
     *            a wire of the same kind, not congested
     * @param count
     *            most bytes that may go
     */
    default void pass(Wire to, long count) {
        // The portable wires copy everything.
    }

    /** Sends everything, then the end of the stream; receiving goes on. */
    void shutdownOutput();

    /** Sends everything, then closes; nothing is told any more. */
    void closeAfterOutput();

    /**
     * Sends everything, then the end of the stream, then waits a short while for the other end to close before closing: an answer given before all of a request was read would else be lost in a reset
     * (RFC 9112 9.6). Nothing is told any more.
     */
    void closeLingering();

    /** Closes at once; nothing is told any more. */
    void close();
}
