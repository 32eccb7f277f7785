package org.relayd.runtime.parent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.relayd.runtime.system.linux.Descriptors;

/** A file that is appended to, opened by {@link FileRights}. Blocks. One thread at a time. */
public sealed interface OpenFile {

    /**
     * Appends octets.
     *
     * @throws IOException
     *             with the system's words; some of the octets may have been written
     */
    void write(ByteBuffer octets) throws IOException;

    /** Closes the file. */
    void close() throws IOException;

    /**
     * A file of this process by its number.
     *
     * @param number
     *            file descriptor, which appends
     */
    record Descriptor(int number) implements OpenFile {

        @Override
        public void write(ByteBuffer octets) throws IOException {
            Descriptors.write(number, octets);
        }

        @Override
        public void close() throws IOException {
            Descriptors.close(number);
        }
    }

    /**
     * A file of the JDK, where descriptors cannot be had.
     *
     * @param channel
     *            appends
     */
    record Channel(FileChannel channel) implements OpenFile {

        @Override
        public void write(ByteBuffer octets) throws IOException {
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
