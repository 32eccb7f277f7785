package org.relayd.runtime.tls.trust;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs verifications away from the event loops: few at a time, and not without bound in line, so that a flood of
 * certificates costs its senders their connections and nobody else the processors. Threads come when they are needed
 * and go after a while. Any thread.
 */
public final class VerifierThreads implements Executor, AutoCloseable {
    /** Verifications at a time. */
    public static final int THREADS = 2;
    /** Verifications that may wait. */
    public static final int WAITING = 256;
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;

    /** Has no threads yet. */
    public VerifierThreads() {
        threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING), Thread.ofPlatform().daemon().name("certificates ", 1).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs a verification soon.
     *
     * @throws RejectedExecutionException
     *             if too many wait, or it is closed
     */
    @Override
    public void execute(Runnable verification) {
        threads.execute(verification);
    }

    /** Forgets what waits, and starts nothing more. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
