package org.relayd.runtime;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * Finds the body in one HTTP response, the way that relays do: who is no relay and asks a host then agrees with them on
 * what an answer is. Holds a bounded number of octets.
 */
public interface ResponseReading {

    /** How far the response has come. */
    enum Stage {
        /** Its head is not whole; responses with status 1xx in front of it are no part of it. */
        HEAD,
        /** Its body may go on. */
        BODY,
        /** All of it has come. */
        ENDED,
        /** It is none that a relay would pass on. */
        MALFORMED
    }

    /**
     * Takes what has come, however it was cut.
     *
     * @param octets
     *            to be read, not kept
     * @param body
     *            gets the octets of the body without the frames of chunks, to be read at once
     */
    Stage take(ByteBuf octets, Consumer<ByteBuf> body);
}
