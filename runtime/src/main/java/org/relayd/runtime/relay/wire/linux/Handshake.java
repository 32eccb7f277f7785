package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Secured;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsStream;

/**
 * Begins TLS on a wire: hears the wire instead of its session until the outcome is told, and has it read as the
 * handshake needs it.
 */
final class Handshake extends SilentListener {
    private final LinuxWire wire;
    private final LinuxTransport transport;
    private final Inbox inbox;
    private final PlainLayer below;
    private final TlsStream stream;
    private final TlsLayer layer;
    private final Secured outcome;
    private WireListener session;
    /** Whether the session wants to read. */
    private boolean wanted;
    private boolean waiting;
    private boolean over;
    private boolean told;

    /**
     * Creates the handshake of a wire.
     *
     * @param session
     *            hears the wire afterwards
     */
    Handshake(LinuxWire wire, LinuxTransport transport, Inbox inbox, TlsStream stream, WireListener session,
            Secured outcome) {
        this.wire = wire;
        this.transport = transport;
        this.inbox = inbox;
        this.stream = stream;
        this.session = session;
        this.outcome = outcome;
        wanted = inbox.isWanted();
        below = new PlainLayer(transport.memory(), wire.number());
        layer = new TlsLayer(transport.memory(), below, stream);
    }

    /**
     * Begins.
     *
     * @param before
     *            bytes that go before anything else, as they are
     */
    void begin(ByteBuf before) {
        wire.layer(layer);
        inbox.want(true);
        layer.begin(before, this);
    }

    /** Somebody else hears the wire afterwards. */
    void listener(WireListener next) {
        session = next;
    }

    /** The session reads afterwards, or not. */
    void want(boolean reads) {
        wanted = reads;
    }

    /** The stream is so far. */
    void reached(TlsStream.State state) {
        if (stream.produced() > 0 || state == TlsStream.State.WAITING) {
            // It has answered, or somebody else will: keys were agreed on.
            transport.handshakes().taken();
        }
        switch (state) {
            case HANDSHAKE -> {
                if (waiting) {
                    waiting = false;
                    inbox.want(true);
                }
            }
            case WAITING -> {
                waiting = true;
                inbox.want(false);
            }
            case OPEN, ENDED, FAILED -> {
                over = true;
                inbox.want(false);
                transport.executor().execute(wire.guarded(this::tell));
            }
        }
    }

    /** What the handshake waited for is there. */
    void resumed() {
        if (waiting && !told) {
            layer.proceed();
        }
    }

    private void tell() {
        if (told || wire.isClosed()) {
            return;
        }
        told = true;
        layer.settled();
        Optional<TlsFailure> failure = stream.failure();
        if (failure.isPresent()) {
            failed(failure.get());
        } else {
            wire.heard(session, wanted);
            if (wire.isOpen()) {
                outcome.done(stream.facts());
            }
            wire.secured();
        }
    }

    private void failed(TlsFailure failure) {
        wire.forget();
        wire.heard(SilentListener.INSTANCE, false);
        if (failure.kind() == TlsFailure.Kind.PLAIN_HTTP) {
            wire.layer(below);
            layer.release();
        }
        if (wire.isOpen()) {
            outcome.failed(failure);
        } else {
            wire.close();
        }
    }

    /** What came before may still say why: it is read, unless nothing is. */
    @Override
    public void unheard(Fault reason) {
        if (waiting || over) {
            broken(reason);
        }
    }

    /** The connection has failed or ended. */
    @Override
    public void broken(Fault reason) {
        if (!told) {
            told = true;
            TlsFailure.Kind kind = reason.equals(Fault.INTERNAL) ? TlsFailure.Kind.INTERNAL : TlsFailure.Kind.GONE;
            outcome.failed(new TlsFailure(kind, reason.text()));
        }
    }
}
