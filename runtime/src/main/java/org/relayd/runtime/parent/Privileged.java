package org.relayd.runtime.parent;

import java.io.IOException;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;

/**
 * The acts of a relay that may need more than an ordinary user's rights: binding ports below 1024 and binding addresses of other machines. A closed set; each answer is a socket that the caller owns
 * and closes.
 */
public interface Privileged {

    /**
     * Binds a TCP socket and listens. Blocks; for start and reload only.
     *
     * @throws IOException
     *             with the system's words, e.g. {@code Address already in use}
     */
    OpenSocket listen(ListenRequest request) throws IOException;

    /**
     * Binds a UDP socket. Blocks; for start and reload only.
     *
     * @throws IOException
     *             with the system's words
     */
    OpenSocket bindDatagram(IpAddress address, Port port) throws IOException;

    /**
     * Opens a TCP socket, bound to the address of another machine and any port, not connected yet: {@code transparent forward} in relayd.conf(5).
     *
     * @param answer
     *            called once, on any thread
     */
    void openForeign(IpAddress source, Answer answer);

    /** What comes back for a request that is not waited for. */
    interface Answer {

        /** The socket is there. */
        void opened(OpenSocket socket);

        /** The system refused. */
        void refused(IOException reason);
    }
}
