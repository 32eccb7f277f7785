package org.relayd.main.daemon;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.control.ControlReply.Event;
import org.relayd.ir.control.ControlReply.EventKind;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.HealthListener;
import org.relayd.runtime.control.ControlClient;
import org.relayd.runtime.pfe.FilterEvent;

/** The clients of {@code relayctl monitor}. Engine thread only. */
final class Monitors implements HealthListener {
    private final Set<ControlClient> clients = new LinkedHashSet<>();
    private final Clock clock;
    private final long pid;

    /** Told nothing yet; {@code pid} is the process that events are said to come from. */
    Monitors(Clock clock, long pid) {
        this.clock = clock;
        this.pid = pid;
    }

    /** Tells a client of all events from now on, until its connection is closed. */
    void add(ControlClient client) {
        clients.add(client);
        client.onClose(() -> clients.remove(client));
    }

    @Override
    public void on(HealthEvent event) {
        switch (event) {
            case HealthEvent.HostChecked(var _, var host, var _, HostState now, var _)
                    -> tell(EventKind.HOST_STATUS, host.id().number(), Optional.of(host.name()), false,
                            Optional.of(now));
            case HealthEvent.RoundStarted() -> tell(EventKind.SYNC, 0, Optional.empty(), false, Optional.empty());
            case HealthEvent.HostSwitched _,HealthEvent.TableSwitched _ -> {
                // Told as the command that caused it, with the name it was given.
            }
        }
    }

    /** Tells what was done to the packet filter. */
    void on(FilterEvent event) {
        switch (event) {
            case FilterEvent.TableChanged(Redirect redirect)
                    -> tell(EventKind.TABLE_CHANGED, redirect.table().id().number(), redirect.table().name(), false);
            case FilterEvent.RulesLoaded(Redirect redirect)
                    -> tell(EventKind.PUSH_RULESET, redirect.id().number(), redirect.name(), false);
            case FilterEvent.RulesRemoved(Redirect redirect)
                    -> tell(EventKind.PULL_RULESET, redirect.id().number(), redirect.name(), false);
        }
    }

    /**
     * Tells of a command.
     *
     * @param named
     *            whether the command gave the name and not the number
     */
    void tell(EventKind kind, int id, String name, boolean named) {
        tell(kind, id, Optional.of(name), named, Optional.empty());
    }

    private void tell(EventKind kind, int id, Optional<String> name, boolean named, Optional<HostState> state) {
        if (!clients.isEmpty()) {
            Event event = new Event(kind, clock.instant(), pid, id, name, named, state);
            Set.copyOf(clients).forEach(client -> client.send(event));
        }
    }
}
