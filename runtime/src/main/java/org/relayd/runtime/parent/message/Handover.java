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
 *            states of hosts that have been checked, and are not disabled
 * @param disabledHosts
 *            hosts that relayctl(8) has disabled, with those that follow them
 * @param tables
 *            tables that relayctl(8) has switched: whether they are enabled
 * @param redirects
 *            redirections that relayctl(8) has switched: whether they are enabled
 * @param demoted
 *            by how much the groups are demoted that the parent keeps demoted: at least 1 each
 * @param verbose
 *            what relayctl(8) has said about debug lines, if anything
 */
public record Handover(Map<HostId, HostState> hosts, Set<HostId> disabledHosts, Map<TableId, Boolean> tables,
        Map<RedirectId, Boolean> redirects, Map<String, Integer> demoted, Optional<Boolean> verbose) {

    /** Copies the collections. */
    public Handover {
        hosts = Map.copyOf(hosts);
        disabledHosts = Set.copyOf(disabledHosts);
        tables = Map.copyOf(tables);
        redirects = Map.copyOf(redirects);
        demoted = Map.copyOf(demoted);
    }

    /** Returns that of a first worker. */
    public static Handover nothing() {
        return new Handover(Map.of(), Set.of(), Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    /** Returns whether there is nothing to go on from. */
    public boolean isNothing() {
        return equals(nothing());
    }
}
