package org.relayd.runtime.tls;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;

/** Two ends, and the wire between them: ciphertext is carried in pieces of any size, when the test says. */
public final class JoinedEnds implements AutoCloseable {
    private final TlsEnd client;
    private final TlsEnd server;
    private final IntSupplier sizes;
    private final Elsewhere elsewhere;

    /** Joins two ends with a wire that carries all at once. */
    public JoinedEnds(TlsEnd client, TlsEnd server, Elsewhere elsewhere) {
        this(client, server, elsewhere, () -> Integer.MAX_VALUE);
    }

    /**
     * Joins two ends.
     *
     * @param elsewhere
     *            where verifications and signatures are made
     * @param sizes
     *            bytes that are carried next
     */
    public JoinedEnds(TlsEnd client, TlsEnd server, Elsewhere elsewhere, IntSupplier sizes) {
        this.client = client;
        this.server = server;
        this.elsewhere = elsewhere;
        this.sizes = sizes;
    }

    /**
     * Runs what it is given when the test says: whatever is not on the loop. What comes out of such a task is done at
     * once, as the task may wait for it.
     */
    public static final class Elsewhere implements Executor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private boolean running;

        @Override
        public void execute(Runnable task) {
            if (running) {
                task.run();
            } else {
                tasks.add(task);
            }
        }

        /** Runs all; false if there is nothing. */
        public boolean runAll() {
            boolean any = !tasks.isEmpty();
            running = true;
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
            running = false;
            return any;
        }

        /** Returns how many tasks wait. */
        public int waiting() {
            return tasks.size();
        }
    }

    /** Begins the handshake and brings it to its end. */
    public JoinedEnds shake() {
        server.begin();
        client.begin();
        settle();
        return this;
    }

    /** Carries all there is until nothing moves. */
    public void settle() {
        boolean moved = true;
        while (moved) {
            moved = elsewhere.runAll();
            moved |= client.turn();
            moved |= server.turn();
            moved |= carry(client, server);
            moved |= carry(server, client);
        }
    }

    private boolean carry(TlsEnd from, TlsEnd to) {
        boolean moved = false;
        while (from.hasOutgoing() && to.isReady()) {
            to.take(from.carry(Math.max(1, sizes.getAsInt())));
            moved = true;
        }
        return moved;
    }

    @Override
    public void close() {
        client.release();
        server.release();
    }
}
