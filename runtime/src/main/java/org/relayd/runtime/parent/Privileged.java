package org.relayd.runtime.parent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;

/**
 * The acts of a relay that may need more than an ordinary user's rights: binding ports below 1024 and binding addresses
 * of other machines. A closed set; each answer is a socket that the caller owns and closes.
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
     * Opens a TCP socket, bound to the address of another machine and any port, not connected yet:
     * {@code transparent forward} in relayd.conf(5).
     */
    void openForeign(IpAddress source, Answer<OpenSocket> answer);

    /**
     * Asks the packet filter where a client wanted to connect before its packets were translated:
     * {@code forward to nat lookup} in relayd.conf(5). Empty if nothing was translated, or sockets know it
     * themselves on this system.
     *
     * @param client
     *            address of the client
     * @param local
     *            the address here that it is connected to
     */
    void natLookup(InetSocketAddress client, InetSocketAddress local, Answer<Optional<InetSocketAddress>> answer);

    /**
     * Gets what comes back for a request that is not waited for: one of both, once, during the call
     * or later, on any thread.
     *
     * @param <T>
     *            what was asked for
     */
    interface Answer<T> {

        /** It is there. */
        void given(T value);

        /** The system refused. */
        void refused(IOException reason);
    }
}
