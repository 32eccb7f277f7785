package org.relayd.runtime.tls;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Ticket keys that are renewed by the clock: each seals tickets for half an hour and opens them for two hours, so that
 * a ticket is good for at least one and a half. relayd.conf(5): session tickets. Any thread.
 */
public final class RotatingTicketKeys implements TicketKeys, AutoCloseable {
    /** How long a key seals tickets. */
    public static final Duration RENEWAL = Duration.ofMinutes(30);
    /** How long it opens them. */
    public static final Duration LIFE = Duration.ofHours(2);
    private static final int PART = 16;

    private final LongSupplier nanos;
    private final SecureRandom random = new SecureRandom();
    /** Newest first. */
    private final Deque<Aged> held = new ArrayDeque<>();
    /** Keys that no longer open tickets; somebody may be reading them at this moment. */
    private List<Aged> dropped = List.of();
    private final List<Consumer<List<TicketKey>>> followers = new CopyOnWriteArrayList<>();

    /**
     * Begins with one key.
     *
     * @param nanos
     *            a clock such as {@link System#nanoTime}
     */
    public RotatingTicketKeys(LongSupplier nanos) {
        this.nanos = nanos;
        held.push(fresh());
    }

    private record Aged(TicketKey key, long born) {

        void wipe() {
            key.hmac().wipe();
            key.aes().wipe();
        }
    }

    @Override
    public synchronized List<TicketKey> keys() {
        return held.stream().map(Aged::key).toList();
    }

    @Override
    public Subscription follow(Consumer<List<TicketKey>> listener) {
        followers.add(listener);
        return () -> followers.remove(listener);
    }

    /** Renews the keys if it is time, and tells the followers. To be called every few minutes. */
    public void turn() {
        if (renew()) {
            // Not while holding the lock: followers have locks of their own.
            List<TicketKey> now = keys();
            followers.forEach(follower -> follower.accept(now));
        }
    }

    private synchronized boolean renew() {
        long now = nanos.getAsLong();
        boolean due = held.isEmpty() || now - held.peekFirst().born >= RENEWAL.toNanos();
        if (due) {
            dropped.forEach(Aged::wipe);
            List<Aged> old = new ArrayList<>();
            while (!held.isEmpty() && now - held.peekLast().born >= LIFE.toNanos()) {
                old.add(held.pollLast());
            }
            dropped = old;
            held.push(fresh());
        }
        return due;
    }

    private Aged fresh() {
        return new Aged(new TicketKey(part(), part(), part()), nanos.getAsLong());
    }

    private OctetString part() {
        byte[] octets = new byte[PART];
        random.nextBytes(octets);
        OctetString part = new OctetString(octets);
        Arrays.fill(octets, (byte) 0);
        return part;
    }

    /** Wipes the keys. Nobody follows them any more, and no context is made with them. */
    @Override
    public synchronized void close() {
        followers.clear();
        dropped.forEach(Aged::wipe);
        held.forEach(Aged::wipe);
        held.clear();
        dropped = List.of();
    }
}
