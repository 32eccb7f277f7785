package org.relayd.runtime.relay.session;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import org.relayd.runtime.relay.wire.KeptLimit;
import org.relayd.runtime.relay.wire.Transport;

/** What the sessions of one event loop share. Touched by this loop only. */
public final class RelayLoop {
    private final EventLoop executor;
    private final Transport transport;
    private final KeptLimit kept;
    private final Ticker ticker;
    private final IdleWheel wheel;
    private final Parking parking;

    /**
     * Makes what an event loop needs for sessions.
     *
     * @param kept
     *            counts what all loops keep
     * @param ticker
     *            the clock of its sessions
     */
    public RelayLoop(EventLoop executor, Transport transport, KeptLimit kept, Ticker ticker) {
        this.executor = executor;
        this.transport = transport;
        this.kept = kept;
        this.ticker = ticker;
        wheel = new IdleWheel(executor, ticker);
        parking = new Parking(executor);
    }

    /** Returns the event loop itself. */
    public EventLoop executor() {
        return executor;
    }

    /**
     * Runs a task on the loop: at once if this is its thread. Any thread.
     *
     * @return false if the loop has ended, and the task will not run: what it would have taken belongs to the caller
     */
    public boolean run(Runnable task) {
        if (executor.inEventLoop()) {
            task.run();
            return true;
        }
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    /** Makes the wires of this loop. */
    public Transport transport() {
        return transport;
    }

    /** Counts what sessions keep because their other end cannot take it yet. */
    public KeptLimit kept() {
        return kept;
    }

    /** Returns the clock that its sessions read. */
    public Ticker ticker() {
        return ticker;
    }

    /** Returns the connections that wait for their next session. */
    public Parking parking() {
        return parking;
    }

    /** Returns the open sessions. */
    public IdleWheel wheel() {
        return wheel;
    }
}
