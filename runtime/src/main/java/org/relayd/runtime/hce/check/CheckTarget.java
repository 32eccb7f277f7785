package org.relayd.runtime.hce.check;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.relayd.ir.config.Host;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.ProxyProtocol;

/**
 * What one check checks.
 *
 * @param host
 *            the host
 * @param port
 *            port of its table
 * @param timeout
 *            limit of the whole check
 * @param proxy
 *            version of the PROXY protocol header that TCP connections begin with, if any
 */
public record CheckTarget(Host host, Port port, Duration timeout, Optional<ProxyProtocol> proxy) {

    /** Returns address and port for a connection. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(host.address().toInetAddress(), port.number());
    }
}
