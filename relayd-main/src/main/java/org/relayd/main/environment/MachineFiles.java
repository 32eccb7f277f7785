package org.relayd.main.environment;

import java.io.IOException;
import java.util.Optional;

/** Reads the files that a configuration consists of. Names are as written. Blocks. */
public interface MachineFiles {

    /**
     * Reads a whole file.
     *
     * @throws IOException
     *             with the system's words
     */
    byte[] read(String path) throws IOException;

    /** Returns whether a file is there and can be read. */
    boolean isReadable(String path);

    /**
     * Returns the mode of a file that its group or others can read, such as {@code 0644}; empty if only its owner can,
     * or nothing is known.
     */
    Optional<String> openMode(String path);
}
