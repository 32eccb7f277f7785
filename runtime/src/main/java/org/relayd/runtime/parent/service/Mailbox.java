package org.relayd.runtime.parent.service;

import java.io.IOException;
import java.util.List;

/** Where a service manager gets its messages. */
@FunctionalInterface
public interface Mailbox {

    /**
     * Sends a message. Does not wait.
     *
     * @param descriptors
     *            go with it, as duplicates
     * @throws IOException
     *             with the system's words
     */
    void send(String text, List<Integer> descriptors) throws IOException;

    /** Returns that of a program that no service manager has started. */
    static Mailbox none() {
        return (_, _) -> {};
    }
}
