package org.relayd.main.parent;

import java.io.IOException;
import java.util.function.Consumer;

/** Where workers come from, and what is left of the last one. */
interface Workers {

    /**
     * Starts one. What was handed out to the one before is free for it.
     *
     * @param events
     *            gets what it says, and last its end; any thread
     * @throws IOException
     *             with the reason for the user
     */
    Worker start(Consumer<Event> events) throws IOException;

    /** The daemon is about to end: clients that come are refused once the last worker does not accept any more. */
    void stopAccepting();

    /**
     * Leaves nothing behind that a worker had made and did not take away: packet filter, routes, demotion, control
     * socket. Blocks. After the end of the last worker.
     */
    void clean();
}
