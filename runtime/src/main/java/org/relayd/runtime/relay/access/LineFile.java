package org.relayd.runtime.relay.access;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where lines are appended. Blocks; one thread at a time. */
interface LineFile {

    /**
     * Goes over to the file that has the name now, if it is another one, as after a rotation.
     *
     * @throws IOException
     *             if that cannot be opened; lines still go where they went
     */
    void follow() throws IOException;

    /**
     * Appends octets.
     *
     * @throws IOException
     *             if that fails; some of them may have been written
     */
    void write(ByteBuffer octets) throws IOException;

    /** Closes the file. */
    void close() throws IOException;
}
