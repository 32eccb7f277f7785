package org.relayd.runtime.parent.link;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.runtime.parent.message.Frame;

/**
 * One end of the line between parent and worker.
 *
 * @param <O>
 *            what this end sends
 * @param <I>
 *            what it gets
 */
public interface Line<O extends Frame, I extends Frame> extends AutoCloseable {

    /**
     * Sends a frame after those before it. Never blocks: it is written by a thread of the line. Any thread.
     *
     * @param descriptor
     *            goes with it, if there is one; closed here when it has been sent or cannot be
     * @return false if the line is closed, or so much waits that the other end cannot be alive; then the descriptor is
     *         closed and nothing of the frame is sent
     * @throws IllegalArgumentException
     *             if a frame is longer than those of this process may be and is no answer, which becomes a refusal, a
     *             value has no form in octets, or a descriptor is there that the frame has not, or not there: faults of
     *             this process. The descriptor is closed
     */
    boolean offer(O frame, OptionalInt descriptor);

    /**
     * Sends a frame and waits for room if much waits already: the pace of the other end is that of whoever calls.
     *
     * @return false if the line is closed
     * @see #offer
     */
    boolean send(O frame, OptionalInt descriptor);

    /** Returns whether nothing can be sent any more, since this end is closed or the other one is gone. Any thread. */
    boolean isClosed();

    /**
     * Waits for the next frame. One thread at a time; {@link #close} wakes it. An end that says nothing more, or half a
     * frame, is waited for.
     *
     * @return empty at the end of the line
     * @throws IOException
     *             if the other end says what no frame is, or the system fails; the line is of no use any more
     */
    Optional<Arrived<I>> receive() throws IOException;

    /** Ends the line for both, after what was sent before has been written if that takes no longer than a second. */
    @Override
    void close();

    /**
     * A frame that has come.
     *
     * @param descriptor
     *            came with it, if there is one; the receiver closes it
     */
    record Arrived<I extends Frame>(I frame, OptionalInt descriptor) {}
}
