package org.relayd.runtime.pfe;

import java.util.HashMap;
import java.util.Map;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Table;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;

/** What is known of the hosts, put together from events. */
final class KnownHosts {
    private final Map<HostId, HostState> states = new HashMap<>();

    /** Takes notice of an event. */
    void take(HealthEvent event) {
        switch (event) {
            case HealthEvent.HostChecked(var _, var host, var _, var now, var _) -> states.put(host.id(), now);
            case HealthEvent.HostSwitched(var _, var host, var _) -> states.put(host.id(), HostState.UNKNOWN);
            case HealthEvent.TableSwitched(var table, var _)
                    -> table.hosts().forEach(host -> states.put(host.id(), HostState.UNKNOWN));
            case HealthEvent.RoundStarted() -> {
                // Says nothing about hosts.
            }
        }
    }

    /** Takes over what is known of a host of a new plan. */
    void set(HostId host, HostState state) {
        states.put(host, state);
    }

    /** Forgets everything. */
    void clear() {
        states.clear();
    }

    HostState of(HostId host) {
        return states.getOrDefault(host, HostState.UNKNOWN);
    }

    boolean up(HostId host) {
        return of(host) == HostState.UP;
    }

    boolean down(HostId host) {
        return of(host) == HostState.DOWN;
    }

    /** Returns how many hosts of a table are up. */
    long up(Table table) {
        return table.hosts().stream().filter(host -> up(host.id())).count();
    }
}
