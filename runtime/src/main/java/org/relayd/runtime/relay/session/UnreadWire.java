package org.relayd.runtime.relay.session;

import io.netty.buffer.ByteBuf;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.WireListener;

/**
 * Hears a wire of a session that nobody reads for now: when its other end goes, the session ends.
 *
 * @param side
 *            whose wire it is
 */
public record UnreadWire(Session session, Side side) implements WireListener {

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
        // What was sent, a header of the PROXY protocol at most, has gone.
    }

    @Override
    public void unheard(Fault reason) {
        broken(reason);
    }

    @Override
    public void broken(Fault reason) {
        session.end(new SessionEnd.Broken(side, reason.text()));
    }
}
