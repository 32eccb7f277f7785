package org.relayd.runtime.hce;

import java.time.Duration;

/** Time of the engine thread: the only clock that health checks read. */
public interface EngineTime {

    /** Returns the time that has passed since some fixed moment, in ns; never goes back. */
    long nanos();

    /**
     * Runs a task later, on the engine thread.
     *
     * @param delay
     *            how much later; zero for as soon as the engine thread is free
     */
    Pending after(Duration delay, Runnable task);

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Pending {

        /** Makes sure that the task does not run any more; without effect after it ran. */
        void cancel();
    }
}
