package org.relayd.runtime.parent.message;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.TableId;
import org.relayd.ir.term.HostState;

/**
 * What a worker knew that died, so that its successor with the same plan goes on from there.
 *
 * @param hosts
 *            states of hosts that have been checked
 * @param disabledHosts
 *            hosts that relayctl(8) has disabled
 * @param disabledTables
 *            tables that relayctl(8) has disabled
 * @param redirects
 *            redirections that relayctl(8) has switched: whether they are enabled
 * @param verbose
 *            what relayctl(8) has said about debug lines, if anything
 */
public record Handover(Map<HostId, HostState> hosts, Set<HostId> disabledHosts, Set<TableId> disabledTables,
        Map<RedirectId, Boolean> redirects, Optional<Boolean> verbose) {

    /** Copies the collections. */
    public Handover {
        hosts = Map.copyOf(hosts);
        disabledHosts = Set.copyOf(disabledHosts);
        disabledTables = Set.copyOf(disabledTables);
        redirects = Map.copyOf(redirects);
    }

    /** Returns that of a first worker. */
    public static Handover nothing() {
        return new Handover(Map.of(), Set.of(), Set.of(), Map.of(), Optional.empty());
    }
}
