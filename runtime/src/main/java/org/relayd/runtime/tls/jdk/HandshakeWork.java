package org.relayd.runtime.tls.jdk;

import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/** What the engine of one connection leaves to other threads: key exchange, signatures, certificates. */
final class HandshakeWork {
    private final Executor threads;
    private final boolean forgetful;
    private volatile boolean running;
    private volatile boolean released;

    /**
     * Creates it.
     *
     * @param threads
     *            where it is done
     * @param forgetful
     *            whether sessions are not to be resumed
     */
    HandshakeWork(Executor threads, boolean forgetful) {
        this.threads = threads;
        this.forgetful = forgetful;
    }

    /** Does what the engine has to do, then says so; on another thread. */
    void run(SSLEngine engine, Runnable done) {
        running = true;
        threads.execute(() -> {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            running = false;
            done.run();
        });
    }

    boolean isRunning() {
        return running;
    }

    /** The handshake is done. */
    void opened(SSLEngine engine) {
        if (forgetful) {
            engine.getSession().invalidate();
        }
    }

    /** Nobody waits any more. */
    void release() {
        released = true;
    }

    boolean isReleased() {
        return released;
    }
}
