package org.relayd.runtime.parent;

import java.io.IOException;

/**
 * Reading what relays speak TLS with, at start and at each reload. A closed set. Names are as the compiler found them;
 * refusals are in the system's words, without the name of the file. Blocks.
 */
public interface KeyRights {
    /** Bytes of the longest file: the bundles of all public authorities are half as long. */
    int LONGEST_FILE = 1 << 20;

    /**
     * Reads a file that anybody may know: certificates or a stapled OCSP response.
     *
     * @throws IOException
     *             if it is no regular file, longer than {@link #LONGEST_FILE}, or the system refuses
     */
    byte[] readPublic(String path) throws IOException;

    /**
     * Reads a private key.
     *
     * @return for the caller to wipe
     * @throws IOException
     *             as of {@link #readPublic}
     */
    byte[] readKey(String path) throws IOException;
}
