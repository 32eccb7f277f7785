package org.relayd.runtime.parent.keys;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The parent's end of a key stream. One thread reads and writes; any closes. */
public interface StreamSocket extends AutoCloseable {

    /**
     * Waits for octets and reads what is there.
     *
     * @param into
     *            outside of the heap, with room
     * @return octets that were read; -1 at the end, or after it was closed
     */
    int read(ByteBuffer into) throws IOException;

    /** Writes all that remains; waits for room. */
    void write(ByteBuffer from) throws IOException;

    /** Ends the stream for both, and wakes who waits. The second call does nothing. */
    @Override
    void close();

    /** Makes streams. */
    interface Pairs {

        /**
         * Makes one.
         *
         * @throws IOException
         *             with the system's words
         */
        Pair open() throws IOException;
    }

    /**
     * Both ends.
     *
     * @param own
     *            the parent's
     * @param other
     *            descriptor of the worker's, which whoever gets it closes
     */
    record Pair(StreamSocket own, int other) {}
}
