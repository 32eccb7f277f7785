package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sessions that targets gave out, to be offered to them again: the newest of each, of the targets used last. */
final class SessionStore {
    /** Targets that are remembered, with up to {@link #EACH} sessions of about 2 KiB. */
    static final int TARGETS = 1024;
    /** A server of TLS 1.3 gives out two at once, each good for one connection. */
    static final int EACH = 2;

    private final Census census;
    private final Map<String, Deque<Long>> byTarget = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    SessionStore(Census census) {
        this.census = census;
    }

    /** Takes a session over; false if the library keeps it. */
    synchronized boolean keep(String target, long session) {
        if (closed) {
            return false;
        }
        Deque<Long> own = byTarget.computeIfAbsent(target, same -> new ArrayDeque<>(EACH));
        own.addLast(session);
        census.born(Census.Kind.SESSION);
        if (own.size() > EACH) {
            free(own.removeFirst());
        }
        if (byTarget.size() > TARGETS) {
            Iterator<Deque<Long>> eldest = byTarget.values().iterator();
            eldest.next().forEach(this::free);
            eldest.remove();
        }
        return true;
    }

    /** Has a stream offer a session, if there is one. */
    synchronized void offer(String target, long ssl) {
        Deque<Long> own = byTarget.get(target);
        if (own == null || own.isEmpty()) {
            return;
        }
        long session = own.peekLast();
        SSL.setSession(ssl, session);
        if (SSLSession.shouldBeSingleUse(session)) {
            own.removeLast();
            free(session);
        }
    }

    /** Frees all; no more are taken. */
    synchronized void close() {
        closed = true;
        byTarget.values().forEach(own -> own.forEach(this::free));
        byTarget.clear();
    }

    private void free(long session) {
        SSLSession.free(session);
        census.died(Census.Kind.SESSION);
    }
}
