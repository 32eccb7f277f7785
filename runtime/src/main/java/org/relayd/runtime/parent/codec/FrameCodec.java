package org.relayd.runtime.parent.codec;

import java.io.IOException;
import org.relayd.runtime.parent.message.Frame;

/**
 * How the frames of one process are written and read.
 *
 * @param <F>
 *            frames from that process
 */
public sealed interface FrameCodec<F extends Frame> permits FromWorkerCodec, FromParentCodec {

    /** Returns how many octets a frame may have. */
    int limit();

    /** Returns whether descriptors come from that process at all. */
    boolean hasDescriptors();

    /** Returns whether a descriptor comes with a frame: one, never more. */
    boolean hasDescriptor(F frame);

    /**
     * Returns what a frame comes to whose descriptor found no room among those of the process that gets it.
     *
     * @param frame
     *            has a descriptor
     */
    F withoutRoom(F frame);

    /**
     * Returns a frame in octets.
     *
     * @throws IllegalArgumentException
     *             if they are more than the limit, or a value has no form in octets: whoever makes frames of what
     *             others say looks at its length before
     */
    byte[] write(F frame);

    /**
     * Returns the frame that octets are.
     *
     * @throws IOException
     *             with the reason if they are none, which is a fault of the other process
     */
    F read(byte[] octets) throws IOException;
}
