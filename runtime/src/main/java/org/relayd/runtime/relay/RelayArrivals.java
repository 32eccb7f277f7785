package org.relayd.runtime.relay;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.config.Action;
import org.relayd.ir.config.Filter;
import org.relayd.ir.plan.RelayNode;
import org.relayd.runtime.relay.http.HttpLoop;
import org.relayd.runtime.relay.http.HttpRelay;
import org.relayd.runtime.relay.http.HttpDialogue;
import org.relayd.runtime.relay.copy.CopyDialogue;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.session.Opening;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.RunningRelay;
import org.relayd.runtime.relay.session.RelayLoop;
import org.relayd.runtime.relay.session.RelayTls;
import org.relayd.runtime.relay.handshake.ClientHandshake;
import org.relayd.runtime.relay.handshake.InspectedHandshake;
import org.relayd.runtime.tls.TlsEngine;

/** Makes a session of each client that comes to a relay on one event loop. Belongs to that loop. */
final class RelayArrivals implements Transport.Arrivals {
    private final RelayLoop loop;
    private final HttpLoop httpLoop;
    private RunningRelay relay;
    private Optional<HttpRelay> http;
    private Opening opening;

    RelayArrivals(RunningRelay relay, RelayLoop loop, HttpLoop httpLoop) {
        this.loop = loop;
        this.httpLoop = httpLoop;
        this.relay = relay;
        http = http(relay);
        opening = opening(http);
    }

    /** From now on clients come to another relay; those that are here already go there with their next request. */
    void hand(RunningRelay next) {
        http.ifPresent(before -> before.succeed(this::taken));
        relay = next;
        http = http(next);
        opening = opening(http);
    }

    /** No more clients come; those that are here may not ask again. */
    void end() {
        http.ifPresent(HttpRelay::retire);
    }

    /** The last clients have come; those that are here may ask once more. */
    void drain() {
        http.ifPresent(HttpRelay::drain);
    }

    /**
     * Nothing looks at messages in a protocol of dialect 5.1 without actions and access log, so that whatever is spoken
     * there passes.
     */
    private Optional<HttpRelay> http(RunningRelay next) {
        return switch (next.path().inspect()) {
            case RelayNode.Inspect.Copy() -> Optional.empty();
            case RelayNode.Inspect.Http inspect -> {
                boolean idle = inspect.filter() instanceof Filter.Actions(List<Action> actions) && actions.isEmpty();
                yield idle && next.accessLog().isEmpty() ? Optional.empty()
                        : Optional.of(new HttpRelay(next, httpLoop, inspect));
            }
            case RelayNode.Inspect.Dns _ -> throw new IllegalStateException("DNS relays have no connections");
        };
    }

    private static Opening opening(Optional<HttpRelay> http) {
        return http.<Opening>map(relay -> (session, client) -> new HttpDialogue(relay, session, client))
                .orElse(CopyDialogue::new);
    }

    @Override
    public boolean areReady() {
        return !relay.awaitsHosts();
    }

    @Override
    public void arrived(Wire client) {
        if (relay.path().listen().disabled()) {
            client.close();
            return;
        }
        Session session = new Session(relay, loop, client);
        Optional<TlsEngine.Context> server = session.admitted().server();
        if (server.isPresent()) {
            session.prepare(session.admitted().inspection().isPresent()
                    ? new InspectedHandshake(session, client, opening)
                    : new ClientHandshake(session, client, server.get(), opening));
        } else {
            session.open(opening.dialogue(session, client));
        }
    }

    /** A client of the relay before begins another request; its TLS, if it speaks that, goes on. */
    private void taken(Wire client, RelayTls admitted, ByteBuf come, boolean all) {
        // A dialogue that looks at nothing could not refuse a client that has to come again.
        if (relay.path().listen().disabled() || (http.isEmpty() && !relay.tls().admits(admitted))) {
            client.close();
        } else {
            Session session = new Session(relay, loop, client, admitted);
            session.open(opening.dialogue(session, client), come, all);
        }
    }

    @Override
    public void deferred(Fault why) {
        if (why.isExhaustion()) {
            relay.log().debug(() -> "relay_accept: deferring connections");
        } else {
            relay.log().warn("relay " + relay.path().name() + ": cannot accept connections: " + why.text());
        }
    }
}
