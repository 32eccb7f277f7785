package org.relayd.ir.plan;

import java.time.Duration;
import org.relayd.ir.config.RelayId;

/**
 * The way of a session through one relay: accept, look at it, choose a host, connect.
 *
 * @param id
 *            number of the relay
 * @param name
 *            name of the relay
 * @param sessionTimeout
 *            idle time that ends a session
 * @param listen
 *            where sessions come from
 * @param inspect
 *            what is looked at and changed
 * @param select
 *            how the target is chosen
 * @param connect
 *            how the target is reached
 */
public record RelayPath(RelayId id, String name, Duration sessionTimeout, RelayNode.Listen listen,
        RelayNode.Inspect inspect,
        RelayNode.Select select, RelayNode.Connect connect) {

    /** Returns whether it relays datagrams of DNS and not connections. */
    public boolean isDns() {
        return inspect instanceof RelayNode.Inspect.Dns;
    }
}
