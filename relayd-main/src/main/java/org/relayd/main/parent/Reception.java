package org.relayd.main.parent;

import java.io.IOException;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.message.Frame;

/** Where workers ask, one after the other. */
interface Reception {

    /**
     * Serves one until its line ends. Blocks.
     *
     * @throws IOException
     *             if it says what no worker says
     */
    void serve(Line<Frame.FromParent, Frame.FromWorker> line) throws IOException;

    /**
     * The daemon is about to end: clients that come are refused once the worker does not accept any more, and who keeps
     * sockets for the next daemon knows. Called once.
     */
    void stopAccepting();

    /**
     * Leaves nothing behind that a worker had made and did not take away: packet filter, routes, demotion, control
     * socket. Blocks. After the end of the last worker.
     */
    void clean();
}
