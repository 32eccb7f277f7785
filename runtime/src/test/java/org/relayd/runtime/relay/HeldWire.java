package org.relayd.runtime.relay;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;

/** A connection without another end: a test says to its listener what comes, and sees whether it was closed. It cannot send. */
final class HeldWire implements Wire {
    private Optional<WireListener> listener = Optional.empty();
    private boolean closed;

    /** Who listens now. */
    WireListener heard() {
        return listener.orElseThrow();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void listener(WireListener next) {
        listener = Optional.of(next);
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
        // Comes when the test says so.
    }

    @Override
    public void send(ByteBuf bytes, int count) {
        throw new IllegalStateException("nobody reads this");
    }

    @Override
    public void send(byte[] bytes, int length, ByteBuf more, int count) {
        throw new IllegalStateException("nobody reads this");
    }

    @Override
    public boolean isCongested() {
        return false;
    }

    @Override
    public boolean pass(Wire to, long count) {
        throw new IllegalStateException("nobody reads this");
    }

    @Override
    public void shutdownOutput() {
        throw new IllegalStateException("nothing was sent");
    }

    @Override
    public void closeAfterOutput() {
        closed = true;
    }

    @Override
    public void closeLingering() {
        closed = true;
    }

    @Override
    public void close() {
        closed = true;
    }
}
