package org.relayd.runtime.parent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;

/**
 * The acts of relays that may need more than an ordinary user's rights: binding ports below 1024 and addresses of other
 * machines, and asking the packet filter. A closed set; each socket belongs to the caller, who closes it.
 */
public interface RelayRights {

    /**
     * Binds a TCP socket and listens. Blocks; for start and reload only.
     *
     * @throws IOException
     *             with the system's words, e.g. {@code Address already in use}
     */
    OpenSocket listen(ListenRequest request) throws IOException;

    /**
     * Finds out whether {@link #listen} would succeed, without a socket that stays. Blocks; for start and reload only.
     *
     * @throws IOException
     *             with the system's words, e.g. {@code Address already in use}
     */
    void probe(ListenRequest request) throws IOException;

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
    void openForeign(IpAddress source, Rights.Answer<OpenSocket> answer);

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
    void natLookup(InetSocketAddress client, InetSocketAddress local,
            Rights.Answer<Optional<InetSocketAddress>> answer);
}
