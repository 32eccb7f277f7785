package org.relayd.runtime.relay;

import java.util.List;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.Privileged;

/** Executes the relays of a plan: listeners, sessions, event loops. Started once, stopped once. */
public final class RelayEngine {
    private RelayEngine() {}

    /**
     * Binds all listeners, then accepts on all of them. For each relay the debug line {@code relay_launch: running relay NAME} follows when its listener accepts.
     *
     * @param graph
     *            relays to run; everything in it must be supported, see {@link RelaySupport}
     * @throws RelayStartException
     *             if a listener cannot be bound; then none stays open
     */
    public static RelayEngine start(RelayGraph graph, RelaySettings settings, HostStates hosts, Log log,
            Privileged privileged) throws RelayStartException {
        if (!graph.paths().isEmpty()) {
            throw new RelayStartException("relays are not supported yet: " + graph.paths().getFirst().name());
        }
        return new RelayEngine();
    }

    /** Closes listeners and sessions without session lines and ends the event loops; returns when that is done. A second call does nothing. */
    public void stop() {
        // No event loop runs while no relay can be started.
    }

    /** The open sessions, in no order. Any thread. */
    public List<SessionView> sessions() {
        return List.of();
    }

    /** Counters of each relay, in order of their ids. Any thread. */
    public List<RelayStatistics> statistics() {
        return List.of();
    }
}
