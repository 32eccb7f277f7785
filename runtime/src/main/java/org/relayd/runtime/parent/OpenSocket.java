package org.relayd.runtime.parent;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.relayd.runtime.system.linux.Descriptors;

/** A socket made by {@link RelayRights}. */
public sealed interface OpenSocket {

    /** Closes the socket. */
    void close() throws IOException;

    /** Closes a socket that nobody has used; it is gone even if that fails. */
    default void discard() {
        try {
            close();
        } catch (IOException gone) {
            // There is nobody to tell.
        }
    }

    /**
     * A socket of this process by its number, not blocking.
     *
     * @param number
     *            file descriptor
     */
    record Descriptor(int number) implements OpenSocket {

        @Override
        public void close() throws IOException {
            Descriptors.close(number);
        }
    }

    /**
     * A socket of the JDK, where descriptors cannot be had.
     *
     * @param channel
     *            bound, not blocking
     */
    record Channel(SelectableChannel channel) implements OpenSocket {

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
