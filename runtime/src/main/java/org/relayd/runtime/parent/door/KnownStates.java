package org.relayd.runtime.parent.door;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.TableId;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.parent.message.Report;

/**
 * What the worker has said of its states, and what was done to demotions for it: kept for the worker after it. Numbers
 * are those of the plan that was committed last; a worker that has committed another one says all that it knows anew.
 * Any thread.
 */
public final class KnownStates {
    private final Map<HostId, HostState> hosts = new HashMap<>();
    private final Set<HostId> disabledHosts = new HashSet<>();
    private final Map<TableId, Boolean> tables = new HashMap<>();
    private final Map<RedirectId, Boolean> redirects = new HashMap<>();
    private final Map<String, Integer> demoted = new HashMap<>();
    private Optional<Boolean> verbose = Optional.empty();
    /** The plan that the numbers are of; empty until the first is committed, before which there is no other. */
    private OptionalInt plan = OptionalInt.empty();

    /** Takes notice of a report. */
    public synchronized void take(Report report) {
        switch (report) {
            case Report.Committed(int committed) -> follow(committed);
            case Report.HostChanged(HostId host, HostState state) -> know(host, state);
            case Report.HostSwitched(HostId host, boolean enabled) -> {
                hosts.remove(host);
                if (enabled) {
                    disabledHosts.remove(host);
                } else {
                    disabledHosts.add(host);
                }
            }
            case Report.TableSwitched(TableId table, boolean enabled) -> tables.put(table, enabled);
            case Report.RedirectSwitched(RedirectId redirect, boolean enabled) -> redirects.put(redirect, enabled);
            case Report.VerbositySwitched(boolean switched) -> verbose = Optional.of(switched);
            case Report.Serving _,Report.Abandoned _,Report.CannotStart _,Report.Alive _,Report.StopAsked _ -> {
                // Nothing that a successor goes on from.
            }
        }
    }

    /**
     * Forgets numbers of another plan. Those of the same one stay: a worker that dies before it has said them again,
     * or before it has committed its first plan, leaves them to its successor.
     */
    private void follow(int committed) {
        if (plan.isPresent() && plan.getAsInt() != committed) {
            hosts.clear();
            disabledHosts.clear();
            tables.clear();
            redirects.clear();
        }
        plan = OptionalInt.of(committed);
    }

    private void know(HostId host, HostState state) {
        if (state == HostState.UNKNOWN) {
            hosts.remove(host);
        } else {
            hosts.put(host, state);
        }
    }

    /** A group has been demoted, or is less so than before. */
    public synchronized void demoted(String group, int delta) {
        if (demoted.merge(group, delta, Integer::sum) <= 0) {
            demoted.remove(group);
        }
    }

    /** Other groups than these are not demoted any more. */
    public synchronized void demotable(Set<String> groups) {
        demoted.keySet().retainAll(groups);
    }

    /** Returns what a worker begins with. */
    public synchronized Handover handover() {
        return new Handover(hosts, disabledHosts, tables, redirects, demoted, verbose);
    }
}
