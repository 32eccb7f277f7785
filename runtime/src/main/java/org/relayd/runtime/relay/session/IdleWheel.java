package org.relayd.runtime.relay.session;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The sessions of one event loop, ordered roughly by when they have to be looked at for their timeout: a hashed timing
 * wheel (Varghese and Lauck, 1987, scheme 6) with a lazy twist. A session that was active moves only when its slot
 * comes round, so activity costs one assignment and no timer. Belongs to its loop.
 */
public final class IdleWheel {
    /** Nanoseconds between two slots: the precision of all timeouts. */
    private static final long TICK = 100_000_000;
    private static final int SLOTS = 1024;

    private final EventLoop loop;
    private final Ticker ticker;
    private final Session[] heads = new Session[SLOTS];
    private final Runnable turn = this::turn;
    private long position;
    private int size;
    private boolean turning;

    IdleWheel(EventLoop loop, Ticker ticker) {
        this.ticker = ticker;
        this.loop = loop;
    }

    /** Adds a session that is in no wheel. */
    void add(Session session) {
        if (!turning) {
            turning = true;
            position = ticker.nanos() / TICK;
            schedule();
        }
        size++;
        insert(session);
    }

    /** Takes a session out. */
    void remove(Session session) {
        size--;
        unlink(session);
    }

    /** Returns the number of sessions. */
    public int size() {
        return size;
    }

    /** Looks at a session again at its present deadline although it was later before. */
    void hasten(Session session) {
        unlink(session);
        insert(session);
    }

    private void insert(Session session) {
        long due = Math.max(session.deadline() / TICK + 1, position + 1);
        int slot = (int) (Math.min(due, position + SLOTS - 1) % SLOTS);
        session.slot = slot;
        session.before = null;
        session.after = heads[slot];
        if (heads[slot] != null) {
            heads[slot].before = session;
        }
        heads[slot] = session;
    }

    private void unlink(Session session) {
        if (session.before == null) {
            heads[session.slot] = session.after;
        } else {
            session.before.after = session.after;
        }
        if (session.after != null) {
            session.after.before = session.before;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // runs until the wheel is empty or the loop ends
    private void schedule() {
        loop.schedule(turn, TICK, TimeUnit.NANOSECONDS);
    }

    private void turn() {
        long now = ticker.nanos();
        long target = now / TICK;
        // After a long stop of the process one round reaches every session.
        position = Math.max(position, target - SLOTS);
        while (position < target) {
            position++;
            visit((int) (position % SLOTS), now);
        }
        turning = size > 0;
        if (turning) {
            schedule();
        }
    }

    private void visit(int slot, long now) {
        Session session = heads[slot];
        heads[slot] = null;
        while (session != null) {
            Session next = session.after;
            if (next != null) {
                next.before = null;
            }
            insert(session);
            if (session.deadline() <= now) {
                expire(session);
            }
            session = next;
        }
    }

    /** A fault in one session must not lose the others of its slot. */
    private static void expire(Session session) {
        try {
            session.expire();
        } catch (RuntimeException | Error fault) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
            session.end(SessionEnd.Fixed.INTERNAL);
        }
    }

    /** Calls back for each session; none may be added or removed meanwhile. */
    public void forEach(Consumer<Session> action) {
        for (Session head : heads) {
            for (Session session = head; session != null; session = session.after) {
                action.accept(session);
            }
        }
    }

    /** Returns the sessions that meet a condition. */
    public List<Session> all(Predicate<Session> which) {
        List<Session> found = new ArrayList<>();
        forEach(session -> {
            if (which.test(session)) {
                found.add(session);
            }
        });
        return found;
    }

    /** Takes all sessions out, calling back for each. */
    public void drain(Consumer<Session> action) {
        all(_ -> true).forEach(session -> {
            remove(session);
            action.accept(session);
        });
    }
}
