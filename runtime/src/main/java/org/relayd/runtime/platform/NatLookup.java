package org.relayd.runtime.platform;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Asks a packet filter what it has translated. Any thread. */
public interface NatLookup {

    /**
     * Returns where a client wanted to connect.
     *
     * @param client
     *            address of the client
     * @param local
     *            the address here that it is connected to
     * @return empty if nothing was translated
     * @throws KernelException
     *             if the kernel refuses to say
     */
    Optional<InetSocketAddress> original(InetSocketAddress client, InetSocketAddress local) throws KernelException;

    /** Returns one for systems whose sockets know it themselves. */
    static NatLookup none() {
        return (client, local) -> Optional.empty();
    }
}
