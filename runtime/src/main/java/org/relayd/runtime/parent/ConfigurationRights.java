package org.relayd.runtime.parent;

import java.io.IOException;
import java.util.Optional;

/**
 * Reading what a configuration consists of, at the start and at each reload: the file, what it includes and its files
 * of certificates and keys. Names are as written; relative ones are relative to the working directory. Blocks.
 */
public interface ConfigurationRights {

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
