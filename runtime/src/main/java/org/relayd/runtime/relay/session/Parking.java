package org.relayd.runtime.relay.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.tls.TlsEngine;

/**
 * Connections to targets that a session has left behind in order, kept for the next session of the same relay to the
 * same target. They are kept for so short a time that a target hardly sees the difference, but long enough to save most
 * connects of a busy relay. Belongs to one event loop.
 */
public final class Parking {
    /** Connections kept for one target. */
    private static final int PLACES = 256;
    /** How long a connection is kept: at least this, at most twice as long, in milliseconds. */
    private static final long STAY = 500;

    private final EventLoop loop;
    private final IdentityHashMap<TargetHost, Deque<Parked>> places = new IdentityHashMap<>();
    private final Runnable sweep = this::sweep;
    private int size;
    private boolean sweeping;
    private long turn;

    Parking(EventLoop loop) {
        this.loop = loop;
    }

    /** A connection that waits for its next session. */
    private final class Parked implements WireListener {
        private final Wire wire;
        private final Optional<TlsEngine.ClientContext> tls;
        private final Deque<Parked> place;
        private final long since = turn;

        Parked(Wire wire, Optional<TlsEngine.ClientContext> tls, Deque<Parked> place) {
            this.wire = wire;
            this.tls = tls;
            this.place = place;
        }

        private void leave() {
            if (place.remove(this)) {
                size--;
            }
            wire.closeAfterOutput();
        }

        @Override
        public void received(ByteBuf bytes) {
            bytes.skipBytes(bytes.readableBytes());
            leave();
        }

        @Override
        public void passed(long count) {
            leave();
        }

        @Override
        public void ended() {
            leave();
        }

        @Override
        public void drained() {
            // What the last session sent has gone.
        }

        @Override
        public void unheard(Fault reason) {
            leave();
        }

        @Override
        public void broken(Fault reason) {
            leave();
        }
    }

    /**
     * Keeps a connection on which nothing is under way.
     *
     * @param tls
     *            what it speaks TLS by, if it does
     */
    void park(TargetHost host, Optional<TlsEngine.ClientContext> tls, Wire wire) {
        Deque<Parked> place = places.computeIfAbsent(host, _ -> new ArrayDeque<>());
        if (place.size() >= PLACES) {
            wire.closeAfterOutput();
            return;
        }
        Parked parked = new Parked(wire, tls, place);
        wire.listener(parked);
        wire.read(true);
        place.addLast(parked);
        size++;
        if (!sweeping) {
            schedule();
        }
    }

    /**
     * Returns a connection to a target; the one that was parked last, because it is the least likely to be closed.
     *
     * @param tls
     *            what connections that are made now speak TLS by: what was agreed on by another one is closed, as
     *            certificates may have been trusted then that are not now
     */
    Optional<Wire> take(TargetHost host, Optional<TlsEngine.ClientContext> tls) {
        Deque<Parked> place = places.get(host);
        Optional<Wire> taken = Optional.empty();
        while (taken.isEmpty() && place != null && !place.isEmpty()) {
            Parked last = place.removeLast();
            size--;
            if (last.tls.equals(tls)) {
                taken = Optional.of(last.wire);
            } else {
                last.wire.close();
            }
        }
        return taken;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // runs until nothing is parked or the loop ends
    private void schedule() {
        sweeping = true;
        loop.schedule(sweep, STAY, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        for (Deque<Parked> place : places.values()) {
            Iterator<Parked> oldest = place.iterator();
            while (oldest.hasNext()) {
                Parked parked = oldest.next();
                if (parked.since == turn) {
                    break;
                }
                oldest.remove();
                size--;
                parked.wire.closeAfterOutput();
            }
        }
        // Targets that a reload took away never come back.
        places.values().removeIf(Deque::isEmpty);
        turn++;
        sweeping = false;
        if (size > 0) {
            schedule();
        }
    }

    /** Closes all. */
    public void close() {
        places.values().forEach(place -> place.forEach(parked -> parked.wire.closeAfterOutput()));
        places.clear();
        size = 0;
    }
}
