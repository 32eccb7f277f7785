package org.relayd.runtime.tls;

import java.util.concurrent.Executor;

/** How one side of a relay speaks TLS: makes the streams of its connections. Any thread. */
public interface TlsSide {

    /**
     * Makes the stream of a new connection; {@link TlsStream#begin} follows.
     *
     * @param memory
     *            of the loop that the connection belongs to
     */
    TlsStream stream(TlsMemory memory, Turn turn);

    /**
     * How a stream gets back to its connection.
     *
     * @param loop
     *            runs on the event loop of the connection, in another turn
     * @param resumed
     *            what to run there when a stream that waited can go on
     */
    record Turn(Executor loop, Runnable resumed) {}
}
