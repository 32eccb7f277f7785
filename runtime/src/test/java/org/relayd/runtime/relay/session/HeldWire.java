package org.relayd.runtime.relay.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.relayd.runtime.relay.wire.Delivery;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.relay.wire.Secured;

/**
 * A connection without another end: a test says to its listener what comes, what was sent, and whether it was closed.
 */
public final class HeldWire implements Wire {
    private Optional<WireListener> listener = Optional.empty();
    private final StringBuilder sent = new StringBuilder();
    private Delivery delivery = Delivery.NONE;
    private Optional<Secured> securing = Optional.empty();
    private String closing = "";
    private boolean congested;
    private boolean closed;
    private boolean reset;

    /** Who listens now. */
    public WireListener heard() {
        return listener.orElseThrow();
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Whether it was closed with a reset. */
    public boolean isReset() {
        return reset;
    }

    /** What was sent; the end of it is a bar, the beginning of a handshake stands in angle brackets. */
    public String sent() {
        return sent.toString();
    }

    /** Lets octets come. */
    public void come(String text) {
        ByteBuf octets = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        heard().received(octets);
        octets.release();
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
        sent.append(bytes.readCharSequence(count, StandardCharsets.US_ASCII));
    }

    @Override
    public void send(byte[] bytes, int length, ByteBuf more, int count) {
        sent.append(new String(bytes, 0, length, StandardCharsets.US_ASCII));
        send(more, count);
    }

    @Override
    public boolean isCongested() {
        return congested;
    }

    /** Bytes wait from now on. */
    public void congest() {
        congested = true;
    }

    @Override
    public Delivery delivery() {
        return delivery;
    }

    /** Says how what was sent goes on. */
    public void delivery(Delivery next) {
        delivery = next;
    }

    @Override
    public boolean pass(Wire to, long count) {
        throw new IllegalStateException("nobody reads this");
    }

    @Override
    public void secure(TlsSide side, Secured outcome) {
        sent.append("<").append(side).append(">");
        securing = Optional.of(outcome);
    }

    /** Whether a handshake is under way. */
    public boolean isSecuring() {
        return securing.isPresent() && !closed;
    }

    /** The handshake succeeds. */
    public void secured() {
        secured(List.of());
    }

    /** The same with an other end that has shown certificates. */
    public void secured(List<X509Certificate> peer) {
        outcome().done(new FakeTls.Facts(peer));
    }

    /** The handshake fails. */
    public void failed(TlsFailure.Kind kind, String text) {
        outcome().failed(new TlsFailure(kind, text));
    }

    private Secured outcome() {
        if (!isSecuring()) {
            throw new IllegalStateException("no handshake is under way");
        }
        Secured told = securing.get();
        securing = Optional.empty();
        return told;
    }

    /** How it was closed. */
    public String closing() {
        return closing;
    }

    @Override
    public void shutdownOutput() {
        sent.append("|");
    }

    @Override
    public void closeAfterOutput() {
        closed("after output");
    }

    private void closed(String how) {
        closed = true;
        closing = how;
    }

    @Override
    public void closeAnswered() {
        closed("answered");
    }

    @Override
    public void closeLingering() {
        closed("lingering");
    }

    @Override
    public void close() {
        closed("at once");
    }

    @Override
    public void reset() {
        closed("reset");
        reset = true;
    }
}
