package org.relayd.runtime.parent.remote.keys;

import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;

/** This process's end of a key stream. On its event loop only; never waits. */
public interface StreamLink {

    /**
     * Reads what is there.
     *
     * @param into
     *            outside of the heap, with room
     * @return octets that were read; 0 if there are none yet, -1 at the end
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Writes what there is room for.
     *
     * @param from
     *            outside of the heap
     * @return octets that were written
     */
    int write(ByteBuffer from) throws IOException;

    /** Ends the stream. Once. */
    void close();

    /** Makes links of descriptors. */
    interface Opener {

        /**
         * Makes one.
         *
         * @param descriptor
         *            the link's to close, whatever happens
         * @param ready
         *            runs on the loop when there is something to read, room to write after there was none, or an end
         * @throws IOException
         *             if the loop takes no more
         */
        StreamLink open(IoEventLoop loop, int descriptor, Runnable ready) throws IOException;
    }
}
