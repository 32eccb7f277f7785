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
 *            whether further sockets will be bound to the same address and port (SO_REUSEPORT), one for each accepting event loop
 */
public record ListenRequest(IpAddress address, Port port, Protocol.TcpSettings tcp, boolean shared) {}
