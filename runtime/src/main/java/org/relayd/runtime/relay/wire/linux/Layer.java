package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * The form that the bytes of one wire have on their way: what they are for sessions, or one of the same content, such
 * as that of TLS. Stands between a {@link LinuxWire} and its descriptor, so that buffers, congestion and the bound on
 * what slow readers hold are the same for all forms. Answers of calls are negated errnos where they fail.
 */
interface Layer {
    /** Answer that is no failure: something came, but nothing for the session yet. */
    int NOTHING = Integer.MIN_VALUE;
    /** Answer of any call: the bytes have not the form of this layer; {@link #fault} says more. */
    int FAULT = Integer.MIN_VALUE + 1;

    /**
     * Receives into a block, from its beginning.
     *
     * @return bytes for the session, 0 at the end of the stream, {@link #NOTHING}, {@link #FAULT}, or a negated errno
     */
    int receive(ReceiveBlocks.Block into);

    /** Returns whether there may be more to receive now; if not, the kernel tells when more comes. */
    boolean mayHaveMore();

    /** Returns whether the next receive asks this layer only, which has kept something, and not the kernel. */
    boolean hasKept();

    /**
     * Sends as many of the next bytes of a buffer as there is room for and moves the reader index past them. Takes none
     * while it is not empty.
     *
     * @return 0 or a failure; "try again" is none
     */
    int push(ByteBuf bytes, int count);

    /**
     * Sends bytes of an array and then the next bytes of a buffer, at best in one call.
     *
     * @param length
     *            bytes of the array, at most {@link LoopMemory#GATHER}
     * @return bytes of the array that were taken, or a failure; the reader index of the buffer
     * tells what was taken of it
     */
    int push(byte[] bytes, int length, ByteBuf more, int count);

    /**
     * What is sent from now on is the last before the end, and may wait in the kernel, a fifth of a second at most, for
     * that; or not.
     */
    void hold(boolean held);

    /** Returns whether all that was taken has gone. */
    boolean isEmpty();

    /** Sends of what was taken as much as there is room for: 0 or a failure. */
    int flush();

    /**
     * Takes the sign, if the form has one, that no more bytes follow; the second call does nothing. The sign may wait
     * in the kernel as in {@link #hold}: the end of the stream or a close follows.
     *
     * @return 0, a failure, or {@link #NOTHING} if bytes cannot go yet
     */
    int finish();

    /** Returns whether the kernel may put bytes on the descriptor, or take them from there, past this layer. */
    boolean mayPass();

    /** Returns what is wrong with the form of the bytes that came. */
    Optional<String> fault();

    /** Lets go of everything; the wire is closed. */
    void release();
}
