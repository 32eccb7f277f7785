package org.relayd.runtime.relay.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.runtime.relay.wire.Delivery;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.relay.wire.Secured;

/**
 * Stands for a wire that is not connected yet: keeps what is sent, and passes it on when the connection is there. It
 * has room for some bytes, as the kernel has for those of a connection; only what is beyond them waits.
 */
final class WaitingWire implements Wire {
    /** Bytes for which there is room. */
    private static final int ROOM = 64 * 1024;

    private ByteBuf kept = Unpooled.EMPTY_BUFFER;
    private boolean shutdown;

    /** Does on the connected wire what was asked of this one. */
    public void replay(Wire wire) {
        if (kept.isReadable()) {
            wire.send(kept, kept.readableBytes());
        }
        kept.release();
        kept = Unpooled.EMPTY_BUFFER;
        if (shutdown) {
            wire.shutdownOutput();
        }
    }

    @Override
    public void listener(WireListener listener) {
        // Nothing happens before the connection is there.
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    public InetSocketAddress localAddress() {
        return remoteAddress();
    }

    @Override
    public Optional<InetSocketAddress> originalDestination() {
        return Optional.empty();
    }

    @Override
    public void read(boolean wanted) {
        // Sessions start reading when they hear of the connection.
    }

    @Override
    public void send(ByteBuf bytes, int count) {
        room(count).writeBytes(bytes, count);
    }

    @Override
    public void send(byte[] bytes, int length, ByteBuf more, int count) {
        room(length + count).writeBytes(bytes, 0, length).writeBytes(more, count);
    }

    private ByteBuf room(int count) {
        if (kept.capacity() == 0) {
            kept = Unpooled.buffer(count);
        }
        return kept;
    }

    @Override
    public boolean isCongested() {
        return kept.readableBytes() > ROOM;
    }

    @Override
    public Delivery delivery() {
        return Delivery.NONE;
    }

    @Override
    public boolean pass(Wire to, long count) {
        return false;
    }

    @Override
    public void secure(TlsSide side, Secured outcome) {
        throw new IllegalStateException("there is no connection");
    }

    @Override
    public void shutdownOutput() {
        shutdown = true;
    }

    @Override
    public void closeAfterOutput() {
        close();
    }

    @Override
    public void closeAnswered() {
        close();
    }

    @Override
    public void closeLingering() {
        close();
    }

    @Override
    public void close() {
        kept.release();
        kept = Unpooled.EMPTY_BUFFER;
    }

    /** Nobody is there yet who could learn of it. */
    @Override
    public void reset() {
        close();
    }
}
