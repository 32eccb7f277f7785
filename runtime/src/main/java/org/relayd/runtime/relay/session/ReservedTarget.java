package org.relayd.runtime.relay.session;

import java.util.Optional;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.tls.TlsEngine;

/**
 * A connection to a target that one dialogue of a session has made for the next one, which takes it in place of any
 * that it would choose. Nothing is read meanwhile; a target that breaks it off ends the session.
 */
final class ReservedTarget {
    private final TargetHost host;
    private final Optional<TlsEngine.ClientContext> tls;
    private final Wire wire;

    /**
     * Listens to the wire.
     *
     * @param tls
     *            what it speaks TLS by, if it does
     */
    ReservedTarget(Session session, TargetHost host, Optional<TlsEngine.ClientContext> tls, Wire wire) {
        this.host = host;
        this.tls = tls;
        this.wire = wire;
        wire.listener(new UnreadWire(session, Side.TARGET));
        wire.read(false);
    }

    TargetHost host() {
        return host;
    }

    Optional<TlsEngine.ClientContext> tls() {
        return tls;
    }

    Wire wire() {
        return wire;
    }
}
