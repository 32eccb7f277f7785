package org.relayd.runtime.control;

import org.relayd.ir.control.ControlReply;

/** One relayctl(8) that waits for an answer. Any thread; after its connection is closed nothing has an effect. */
public interface ControlClient {

    /** Sends a reply; a client that does not read what it is sent is cut off. */
    void send(ControlReply reply);

    /** Sends the last reply, then closes the connection. */
    void finish(ControlReply last);

    /** Closes the connection without an answer. */
    void close();

    /**
     * Asks to be told when the connection is closed.
     *
     * @param action
     *            run on the engine thread
     */
    void onClose(Runnable action);
}
