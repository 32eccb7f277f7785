package org.relayd.runtime.relay.wire.linux;

import java.util.Optional;
import org.relayd.runtime.system.linux.LinuxCalls;

/**
 * What comes on one socket: receives it while it is wanted, or has the kernel move it to another wire. The kernel tells
 * once what has come; what is not wanted then is remembered.
 */
final class Inbox {
    /** Receives for one event, so that one stream does not hold up a loop. */
    private static final int RECEIVES = 8;

    private final LinuxTransport transport;
    private final LinuxWire wire;
    private final Runnable continuation;
    /** Goes on with a handshake that waited for others. */
    private final Runnable turn;
    private final Flow flow = new Flow();
    private Layer layer;
    private Optional<Splice> splice = Optional.empty();
    private boolean reading;
    private boolean readable;
    /** Whether the kernel has told of bytes since it was asked last. */
    private boolean told;
    private boolean hangup;
    private boolean ended;
    /** Whether a handshake waits for others. */
    private boolean queued;

    /**
     * Creates the inbox of a wire.
     *
     * @param wire
     *            gets what comes
     */
    Inbox(LinuxTransport transport, LinuxWire wire, Layer layer) {
        this.transport = transport;
        this.wire = wire;
        this.layer = layer;
        continuation = wire.guarded(this::pull);
        turn = wire.guarded(this::turn);
    }

    /** From now on bytes have the form of another layer. */
    void layer(Layer next) {
        layer = next;
    }

    /** Something may be there that no event told of. */
    void look() {
        readable |= layer.mayHaveMore();
    }

    /** Receives from now on, or not. */
    void want(boolean wanted) {
        reading = wanted;
        if (!wanted) {
            flow.pause();
        } else if (readable && !ended) {
            // Not at once: the caller may be using the receive buffer.
            transport.executor().execute(continuation);
        }
    }

    /** The kernel has told of something. */
    void told(int events) {
        hangup |= (events & Events.HANGUP) != 0;
        boolean came = (events & Events.IN) != 0;
        told |= came;
        readable |= came;
    }

    /** Returns whether something that comes would be received. */
    boolean isWanted() {
        return reading;
    }

    /** Returns whether the end of the stream has been received. */
    boolean isEnded() {
        return ended;
    }

    /** Returns whether no receive would tell of a failure. */
    boolean isDeaf() {
        return ended || !reading;
    }

    /** Returns whether bytes may have come that nobody has received: they would make a reset of a close. */
    boolean hasUnread() {
        return readable && !ended && (!reading || layer.mayHaveMore());
    }

    /** What came before the connection failed is still there. */
    void failed() {
        readable = !ended;
    }

    /** Lets the kernel move bytes to another wire from now on. */
    void pass(LinuxWire to, long count) {
        splice = Optional.of(new Splice(transport, to, count));
    }

    private void turn() {
        queued = false;
        pull();
    }

    /** Returns whether the handshake, if there is one, has to let others go first. */
    private boolean hasToWait() {
        if (!queued && wire.isSecuring()) {
            queued = readable && reading && !ended && !wire.isClosed() && !transport.handshakes().admit(turn);
        }
        return queued;
    }

    /** Receives while bytes are waiting and wanted. */
    void pull() {
        if (hasToWait()) {
            return;
        }
        for (int i = 0; i < RECEIVES; i++) {
            if (!readable || !reading || ended || wire.isClosed()) {
                return;
            }
            if (splice.isPresent() && !splice.get().isOver()) {
                splice(splice.get());
            } else {
                receive();
            }
        }
        if (readable && reading) {
            transport.executor().execute(continuation);
        }
    }

    private void receive() {
        ReceiveBlocks.Block block = transport.memory().blocks.free();
        told &= layer.hasKept();
        int count = layer.receive(block);
        if (count > 0) {
            // Once the socket is empty, what comes later is a new edge, unless the end has been seen.
            readable = layer.mayHaveMore() || told || hangup;
            if (flow.isFound(count)) {
                transport.widen(wire.number());
            }
            wire.received(block.bytes.setIndex(0, count));
        } else if (count == 0 || (count == LinuxCalls.EAGAIN && wire.hasFailed())) {
            end();
        } else if (count == LinuxCalls.EAGAIN) {
            readable = false;
        } else if (count == Layer.NOTHING) {
            readable = layer.mayHaveMore() || told || hangup;
        } else if (count != LinuxCalls.EINTR) {
            wire.broken(count);
        }
    }

    private void splice(Splice present) {
        switch (present.move(wire.number(), wire)) {
            case MORE, UNKNOWN -> {}
            case FAILED -> wire.unheard(present.failure());
            case EMPTY -> readable = false;
            case CONGESTED -> reading = false;
            case ENDED -> end();
        }
    }

    private void end() {
        readable = false;
        ended = true;
        wire.ended();
    }

    /** Lets go of everything; the wire is closed. */
    void discard() {
        splice = Optional.empty();
    }
}
