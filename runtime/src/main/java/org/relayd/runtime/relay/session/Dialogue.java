package org.relayd.runtime.relay.session;

import io.netty.buffer.ByteBuf;
import org.relayd.runtime.relay.wire.Delivery;

/**
 * What is spoken with the client of a session, and with targets on its behalf. A session has one at a time; the first
 * one may find out what is spoken and hand the session to the next.
 */
public interface Dialogue {

    /**
     * Begins.
     *
     * @param come
     *            what the client has sent already; to be used or copied during the call, and mostly empty
     */
    void begin(ByteBuf come);

    /** Returns the nanoseconds for which neither side took anything, see {@link Delivery#quiet}. */
    long quiet();

    /** Nothing was read or written, or went on, on any side for the session timeout. */
    void idle();

    /** The client had sent all before this dialogue began. */
    default void clientEnded() {
        // Dialogues that take no clients over begin with one that may still send.
    }

    /**
     * The relay was taken out of the configuration, or the daemon is about to end: the session ends if nothing is under
     * way.
     */
    default void retired() {
        // Most sessions are under way until they end.
    }

    /** Entries for the session line, each with a blank in front; empty if rules logged nothing. */
    String entries();

    /**
     * The session has ended: closes the connections of both sides the way that the end asks for and lets go of what is
     * kept.
     */
    void ended(SessionEnd end);
}
