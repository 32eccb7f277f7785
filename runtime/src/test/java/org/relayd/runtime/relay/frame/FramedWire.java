package org.relayd.runtime.relay.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.relayd.runtime.relay.wire.Delivery;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.relay.wire.Secured;

/** A wire over any other, whose bytes are those in the frames of that. */
final class FramedWire implements Wire, WireListener {
    private final Wire below;
    private final Frames frames = new Frames();
    private Optional<WireListener> listener = Optional.empty();
    private boolean over;
    private boolean ended;
    private boolean finished;

    FramedWire(Wire below) {
        this.below = below;
        below.listener(this);
    }

    @Override
    public void listener(WireListener next) {
        listener = Optional.of(next);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return below.remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return below.localAddress();
    }

    @Override
    public Optional<InetSocketAddress> originalDestination() {
        return below.originalDestination();
    }

    @Override
    public void read(boolean wanted) {
        below.read(wanted);
    }

    @Override
    public void send(ByteBuf bytes, int count) {
        send(new byte[0], 0, bytes, count);
    }

    @Override
    public void send(byte[] bytes, int length, ByteBuf more, int count) {
        ByteBuf out = Unpooled.buffer(length + count);
        Frames.seal(Unpooled.wrappedBuffer(bytes, 0, length), length, out);
        Frames.seal(more, count, out);
        pass(out);
    }

    private void pass(ByteBuf out) {
        below.send(out, out.readableBytes());
        out.release();
    }

    @Override
    public boolean isCongested() {
        return below.isCongested();
    }

    @Override
    public Delivery delivery() {
        return below.delivery();
    }

    @Override
    public boolean pass(Wire to, long count) {
        return false;
    }

    private void finish() {
        if (!finished) {
            finished = true;
            ByteBuf out = Unpooled.buffer();
            Frames.end(out);
            pass(out);
        }
    }

    @Override
    public void secure(TlsSide side, Secured outcome) {
        throw new UnsupportedOperationException("TLS");
    }

    @Override
    public void shutdownOutput() {
        finish();
        below.shutdownOutput();
    }

    @Override
    public void closeAfterOutput() {
        finish();
        over = true;
        below.closeAfterOutput();
    }

    @Override
    public void closeAnswered() {
        finish();
        over = true;
        below.closeAnswered();
    }

    @Override
    public void closeLingering() {
        finish();
        over = true;
        below.closeLingering();
    }

    @Override
    public void close() {
        over = true;
        below.close();
    }

    @Override
    public void reset() {
        over = true;
        below.reset();
    }

    @Override
    public void received(ByteBuf bytes) {
        ByteBuf plain = Unpooled.buffer(bytes.readableBytes());
        frames.add(bytes);
        frames.open(plain, Integer.MAX_VALUE);
        if (plain.isReadable()) {
            tell(to -> to.received(plain));
        }
        plain.release();
        if (frames.fault().isPresent()) {
            fail(Fault.said(frames.fault().get()));
        } else if (frames.isEnded() && !ended) {
            ended = true;
            tell(WireListener::ended);
        }
    }

    private void tell(Consumer<WireListener> what) {
        if (!over) {
            listener.ifPresent(what);
        }
    }

    private void fail(Fault reason) {
        if (!over) {
            close();
            listener.ifPresent(to -> to.broken(reason));
        }
    }

    @Override
    public void passed(long count) {
        throw new IllegalStateException("nothing passes");
    }

    @Override
    public void ended() {
        if (!frames.isEnded()) {
            fail(Fault.said(Frames.CUT));
        }
    }

    @Override
    public void drained() {
        tell(WireListener::drained);
    }

    @Override
    public void unheard(Fault reason) {
        tell(to -> to.unheard(reason));
    }

    @Override
    public void broken(Fault reason) {
        fail(reason);
    }
}
