package org.relayd.runtime.hce.check;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.relayd.ir.config.Host;
import org.relayd.ir.net.Port;

/**
 * What one check checks.
 *
 * @param host
 *            the host
 * @param port
 *            port of its table
 * @param timeout
 *            limit of the whole check
 */
public record CheckTarget(Host host, Port port, Duration timeout) {

    /** Returns address and port for a connection. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(host.address().toInetAddress(), port.number());
    }
}
