package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.WireListener;

/** Listens to a wire that has no session yet. */
class SilentListener implements WireListener {
    static final SilentListener INSTANCE = new SilentListener();

    @Override
    public void received(ByteBuf bytes) {
        bytes.skipBytes(bytes.readableBytes());
    }

    @Override
    public void passed(long count) {
        // Nothing was asked for.
    }

    @Override
    public void ended() {
        // A session that comes later asks the socket itself.
    }

    @Override
    public void drained() {
        // Nobody was waiting.
    }

    @Override
    public void unheard(Fault reason) {
        // Nobody was speaking.
    }

    @Override
    public void broken(Fault reason) {
        // Nobody was using it.
    }
}
