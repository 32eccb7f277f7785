package org.relayd.compiler.source;

import java.io.IOException;

/** Where configuration files come from: the file system, or a map in tests. */
@FunctionalInterface
public interface ConfigurationFiles {

    /**
     * Reads a whole file.
     *
     * @param path
     *            name exactly as written; relative names are relative to the working directory
     * @throws IOException
     *             if there is no such file, it may not be read, or it is a directory
     */
    byte[] read(String path) throws IOException;
}
