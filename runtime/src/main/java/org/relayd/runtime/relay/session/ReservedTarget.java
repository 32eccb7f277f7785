package org.relayd.runtime.relay.session;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.tls.TlsEngine;

/**
 * A connection to a target that one dialogue of a session has made for the next one, which takes it in place of any
 * that it would choose. Nothing is read meanwhile; a target that breaks it off ends the session.
 */
final class ReservedTarget implements WireListener {
    private final Session session;
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
        this.session = session;
        this.host = host;
        this.tls = tls;
        this.wire = wire;
        wire.listener(this);
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

    @Override
    public void received(ByteBuf bytes) {
        throw new IllegalStateException("nobody reads");
    }

    @Override
    public void passed(long count) {
        throw new IllegalStateException("nobody reads");
    }

    @Override
    public void ended() {
        throw new IllegalStateException("nobody reads");
    }

    @Override
    public void drained() {
        // The header of the PROXY protocol has gone.
    }

    @Override
    public void unheard(Fault reason) {
        broken(reason);
    }

    @Override
    public void broken(Fault reason) {
        session.end(new SessionEnd.Broken(Side.TARGET, reason.text()));
    }
}
