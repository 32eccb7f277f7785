package org.relayd.main.parent;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.relayd.main.daemon.SignalDuties;

/** What has happened and is not done yet, in its order. Any thread adds; one takes. */
final class PendingEvents implements SignalDuties {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** Something has happened. Never blocks. */
    void add(Event event) {
        events.add(event);
    }

    /** Waits some time for the next event. */
    Optional<Event> next(long nanos) {
        try {
            return Optional.ofNullable(events.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS));
        } catch (InterruptedException notAStop) {
            // Only events end the daemon.
            return Optional.empty();
        }
    }

    @Override
    public void reload() {
        add(new Event.ReloadWanted());
    }

    @Override
    public void reopen() {
        add(new Event.ReopenWanted());
    }

    @Override
    public void stop() {
        add(new Event.StopWanted());
    }
}
