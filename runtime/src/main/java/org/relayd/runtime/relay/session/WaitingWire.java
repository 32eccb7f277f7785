package org.relayd.runtime.relay.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.runtime.relay.wire.Delivery;
import org.relayd.runtime.relay.wire.KeptLimit;
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

    private final KeptLimit limit;
    private ByteBuf kept = Unpooled.EMPTY_BUFFER;
    private boolean shutdown;

    /**
     * Keeps nothing yet.
     *
     * @param limit
     *            counts what is kept
     */
    WaitingWire(KeptLimit limit) {
        this.limit = limit;
    }

    /** Does on the connected wire what was asked of this one. */
    public void replay(Wire wire) {
        if (kept.isReadable()) {
            wire.send(kept, kept.readableBytes());
        }
        forget();
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
        int before = kept.capacity();
        room(count).writeBytes(bytes, count);
        limit.add(kept.capacity() - before);
    }

    @Override
    public void send(byte[] bytes, int length, ByteBuf more, int count) {
        int before = kept.capacity();
        room(length + count).writeBytes(bytes, 0, length).writeBytes(more, count);
        limit.add(kept.capacity() - before);
    }

    private ByteBuf room(int count) {
        if (kept.capacity() == 0) {
            kept = Unpooled.buffer(count);
        }
        return kept;
    }

    @Override
    public boolean isCongested() {
        return kept.readableBytes() > (limit.isShort() ? 0 : ROOM);
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
        forget();
    }

    private void forget() {
        limit.add(-kept.capacity());
        kept.release();
        kept = Unpooled.EMPTY_BUFFER;
    }

    /** Nobody is there yet who could learn of it. */
    @Override
    public void reset() {
        close();
    }
}
