package org.relayd.runtime.relay;

import java.util.List;
import org.relayd.ir.config.Action;
import org.relayd.ir.config.Filter;
import org.relayd.ir.plan.RelayNode;
import org.relayd.runtime.relay.http.HttpLoop;
import org.relayd.runtime.relay.http.HttpRelay;
import org.relayd.runtime.relay.http.HttpDialogue;
import org.relayd.runtime.relay.copy.CopyDialogue;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.session.Opening;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.RunningRelay;
import org.relayd.runtime.relay.session.RelayLoop;

/** Makes a session of each client that comes to a relay on one event loop. Belongs to that loop. */
final class RelayArrivals implements Transport.Arrivals {
    private final RelayLoop loop;
    private final HttpLoop httpLoop;
    private RunningRelay relay;
    private Opening opening;

    RelayArrivals(RunningRelay relay, RelayLoop loop, HttpLoop httpLoop) {
        this.loop = loop;
        this.httpLoop = httpLoop;
        this.relay = relay;
        opening = opening(relay, httpLoop);
    }

    /** From now on clients come to another relay. */
    void hand(RunningRelay next) {
        relay = next;
        opening = opening(next, httpLoop);
    }

    private static Opening opening(RunningRelay relay, HttpLoop httpLoop) {
        return switch (relay.path().inspect()) {
            case RelayNode.Inspect.Copy() -> CopyDialogue::new;
            case RelayNode.Inspect.Http http -> opening(relay, httpLoop, http);
            case RelayNode.Inspect.Dns _ -> throw new IllegalStateException("DNS relays have no connections");
        };
    }

    /**
     * Nothing looks at messages in a protocol of dialect 5.1 without actions and access log, so that whatever is spoken
     * there passes.
     */
    private static Opening opening(RunningRelay relay, HttpLoop httpLoop, RelayNode.Inspect.Http inspect) {
        boolean idle = inspect.filter() instanceof Filter.Actions(List<Action> actions) && actions.isEmpty();
        if (idle && relay.accessLog().isEmpty()) {
            return CopyDialogue::new;
        }
        HttpRelay http = new HttpRelay(relay, httpLoop, inspect);
        return (session, client) -> new HttpDialogue(http, session, client);
    }

    @Override
    public void arrived(Wire client) {
        if (relay.path().listen().disabled()) {
            client.close();
        } else {
            Session session = new Session(relay, loop, client);
            session.open(opening.dialogue(session, client));
        }
    }

    @Override
    public void deferred() {
        relay.log().debug(() -> "relay_accept: deferring connections");
    }
}
