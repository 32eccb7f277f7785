package org.relayd.runtime.relay;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.config.Action;
import org.relayd.ir.config.Filter;
import org.relayd.ir.plan.RelayNode;
import org.relayd.runtime.relay.http.HttpLoop;
import org.relayd.runtime.relay.http.HttpRelay;
import org.relayd.runtime.relay.http.HttpSession;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;

/** Makes a session of each client that comes to a relay on one event loop. Belongs to that loop. */
final class RelayArrivals implements Transport.Arrivals {
    private final RelayLoop loop;
    private final HttpLoop httpLoop;
    private RunningRelay relay;
    private Optional<HttpRelay> http;

    RelayArrivals(RunningRelay relay, RelayLoop loop, HttpLoop httpLoop) {
        this.loop = loop;
        this.httpLoop = httpLoop;
        this.relay = relay;
        http = http(relay, httpLoop);
    }

    /** From now on clients come to another relay. */
    void hand(RunningRelay next) {
        relay = next;
        http = http(next, httpLoop);
    }

    /** What looks at messages; nothing does in a protocol of dialect 5.1 without actions and access log, so that whatever is spoken there passes. */
    private static Optional<HttpRelay> http(RunningRelay relay, HttpLoop httpLoop) {
        if (!(relay.path().inspect() instanceof RelayNode.Inspect.Http inspect)) {
            return Optional.empty();
        }
        boolean idle = inspect.filter() instanceof Filter.Actions(List<Action> actions) && actions.isEmpty();
        return idle && relay.accessLog().isEmpty() ? Optional.empty()
                : Optional.of(new HttpRelay(relay, httpLoop, inspect));
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
            case RelayNode.Inspect.Http _ -> http.<Session>map(kind -> new HttpSession(kind, loop, client))
                    .orElseGet(() -> new TcpSession(relay, loop, client));
            case RelayNode.Inspect.Dns _ -> throw new IllegalStateException("DNS relays have no connections");
        };
    }

    @Override
    public void deferred() {
        relay.log().debug(() -> "relay_accept: deferring connections");
    }
}
