package org.relayd.runtime.parent;

import org.relayd.ir.config.Protocol;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;

/**
 * A TCP listener to be made.
 *
 * @param address
 *            address to bind; its family decides that of the socket
 * @param port
 *            port to bind; 0 for any free one
 * @param tcp
 *            socket settings that accepted connections inherit, and the length of the accept queue
 * @param shared
 *            whether further sockets will be bound to the same address and port (SO_REUSEPORT), one for
 *            each accepting event loop
 * @param diverted
 *            whether the packet filter may send it connections to addresses of other machines; relayd.conf(5),
 *            {@code forward to destination}
 */
public record ListenRequest(IpAddress address, Port port, Protocol.TcpSettings tcp, boolean shared, boolean diverted) {

    /** Returns the same listener with further sockets on its address and port. */
    public ListenRequest withFurther() {
        return new ListenRequest(address, port, tcp, true, diverted);
    }
}
