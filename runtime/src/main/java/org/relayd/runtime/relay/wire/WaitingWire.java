package org.relayd.runtime.relay.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Stands for a wire that is not connected yet: keeps what is sent, and passes it on when the connection is there. */
public final class WaitingWire implements Wire {
    /** Bytes that may wait before the sender is asked to stop. */
    private static final int MARK = 64 * 1024;

    private ByteBuf kept = Unpooled.EMPTY_BUFFER;
    private boolean shutdown;

    /** Does on the connected wire what was asked of this one. */
    public void replay(Wire wire) {
        if (kept.isReadable()) {
            wire.send(kept);
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
    public void read(boolean wanted) {
        // Sessions start reading when they hear of the connection.
    }

    @Override
    public void send(ByteBuf bytes) {
        room(bytes.readableBytes()).writeBytes(bytes);
    }

    @Override
    public void send(byte[] bytes, int length, ByteBuf more) {
        room(length + more.readableBytes()).writeBytes(bytes, 0, length).writeBytes(more);
    }

    private ByteBuf room(int count) {
        if (kept.capacity() == 0) {
            kept = Unpooled.buffer(count);
        }
        return kept;
    }

    @Override
    public boolean isCongested() {
        return kept.readableBytes() > MARK;
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
    public void closeLingering() {
        close();
    }

    @Override
    public void close() {
        kept.release();
        kept = Unpooled.EMPTY_BUFFER;
    }
}
