package org.relayd.runtime.relay.wire;

import java.net.InetSocketAddress;
import java.util.Optional;

/** The addresses of a connection, or of what stands for one. */
public interface Endpoints {

    /** Returns the address of the other end. */
    InetSocketAddress remoteAddress();

    /** Returns the address of this end. */
    InetSocketAddress localAddress();

    /**
     * Returns where the other end wanted to connect before the packet filter translated its packets, where the socket
     * itself knows: on Linux. The address of this end if nothing was translated; empty if it is not known.
     */
    Optional<InetSocketAddress> originalDestination();
}
