package org.relayd.runtime.relay.session;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.runtime.relay.wire.Delivery;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.relay.wire.Secured;

/** The wire of a side that is not connected: it takes everything and does nothing. */
enum ClosedWire implements Wire {
    /** The only one. */
    INSTANCE;

    @Override
    public void listener(WireListener listener) {
        // Nothing ever happens here.
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
        // There is nothing to read.
    }

    @Override
    public void send(ByteBuf bytes, int count) {
        bytes.skipBytes(count);
    }

    @Override
    public void send(byte[] bytes, int length, ByteBuf more, int count) {
        more.skipBytes(count);
    }

    @Override
    public boolean isCongested() {
        return false;
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
        // Closed wires tell nothing.
    }

    @Override
    public void shutdownOutput() {
        // It never was open.
    }

    @Override
    public void closeAfterOutput() {
        // It never was open.
    }

    @Override
    public void closeAnswered() {
        // It never was open.
    }

    @Override
    public void closeLingering() {
        // It never was open.
    }

    @Override
    public void close() {
        // It never was open.
    }

    @Override
    public void reset() {
        // It never was open.
    }
}
