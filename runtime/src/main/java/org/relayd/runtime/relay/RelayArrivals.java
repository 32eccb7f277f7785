package org.relayd.runtime.relay;

import org.relayd.ir.plan.RelayNode;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;

/** Makes a session of each client that comes to a relay on one event loop. */
final class RelayArrivals implements Transport.Arrivals {
    private final RunningRelay relay;
    private final RelayLoop loop;

    RelayArrivals(RunningRelay relay, RelayLoop loop) {
        this.relay = relay;
        this.loop = loop;
    }

    @Override
    public void arrived(Wire client) {
        if (relay.path().listen().disabled()) {
            client.close();
        } else {
            session(client).open();
        }
    }

    private Session session(Wire client) {
        return switch (relay.path().inspect()) {
            case RelayNode.Inspect.Copy() -> new TcpSession(relay, loop, client);
            case RelayNode.Inspect.Http _ -> throw new IllegalStateException("not supported");
            case RelayNode.Inspect.Dns _ -> throw new IllegalStateException("DNS relays have no connections");
        };
    }

    @Override
    public void deferred() {
        relay.log().debug(() -> "relay_accept: deferring connections");
    }
}
