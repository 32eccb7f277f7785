package org.relayd.runtime.pfe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.relayd.ir.config.Table;
import org.relayd.ir.term.HostState;

/**
 * Decides which groups are demoted: a group once for each checked table that names it and has no host up. A table whose
 * hosts were not all checked yet counts only if it had one up before. relayd.conf(5): TABLES, {@code demote}.
 */
final class DemotionSync {
    private final KnownHosts hosts;
    private final Set<Demoter> wasUp = new HashSet<>();
    private final Set<Demoter> demoted = new LinkedHashSet<>();
    private Map<Demoter, Table> tables = Map.of();

    /**
     * A table that may demote a group. Its number may be another one after a reload, these are not.
     *
     * @param table
     *            its name
     * @param group
     *            the interface group
     * @param variant
     *            tells it from others that have the same name and group but other checks, from 0
     */
    record Demoter(String table, String group, int variant) {}

    /**
     * A change of a group.
     *
     * @param by
     *            the table that causes it
     * @param delta
     *            +1 or -1
     */
    record DemotionChange(Demoter by, int delta) {

        String group() {
            return by.group;
        }
    }

    DemotionSync(KnownHosts hosts) {
        this.hosts = hosts;
    }

    /**
     * Takes over the tables of a plan. Groups that are not named any more are forgotten, whatever their
     * demotion. A table whose hosts are to be checked in another way is as if it had never had one up, so that
     * a reload demotes nothing.
     */
    void take(List<Table> all) {
        Map<Demoter, Table> next = new LinkedHashMap<>();
        Map<Demoter, Integer> variants = new HashMap<>();
        all.stream().filter(table -> table.check().isPresent())
                .forEach(table -> table.demoteGroup().ifPresent(group -> {
                    int variant = variants.merge(new Demoter(table.name(), group, 0), 1, Integer::sum) - 1;
                    next.put(new Demoter(table.name(), group, variant), table);
                }));
        tables = next;
        Set<String> groups = groups();
        demoted.removeIf(demoter -> !groups.contains(demoter.group));
        wasUp.removeIf(demoter -> !tables.containsKey(demoter) || hosts.up(tables.get(demoter)) == 0);
    }

    /**
     * Goes on from what another process has done: a group is demoted so many times. Which tables it did so for is not
     * known; those without a host up come first.
     */
    void inherit(Map<String, Integer> counts) {
        Map<String, Integer> left = new HashMap<>(counts);
        List<Demoter> all = new ArrayList<>(tables.keySet());
        all.sort(Comparator.comparing(demoter -> hosts.up(tables.get(demoter)) > 0));
        for (Demoter demoter : all) {
            int count = left.getOrDefault(demoter.group, 0);
            if (count > 0) {
                demoted.add(demoter);
                left.put(demoter.group, count - 1);
            }
        }
    }

    /** Returns all groups that may be demoted. */
    Set<String> groups() {
        return tables.keySet().stream().map(Demoter::group).collect(Collectors.toSet());
    }

    /** Returns what must change: tables without hosts in the order of the plan, then those that have some again. */
    List<DemotionChange> changes() {
        List<DemotionChange> changes = new ArrayList<>();
        Set<Demoter> better = new LinkedHashSet<>(demoted);
        tables.forEach((demoter, table) -> {
            if (hosts.up(table) > 0) {
                wasUp.add(demoter);
            } else if (!better.remove(demoter) && (wasUp.contains(demoter) || allKnown(table))) {
                changes.add(new DemotionChange(demoter, 1));
            }
        });
        better.forEach(demoter -> changes.add(new DemotionChange(demoter, -1)));
        return changes;
    }

    /** Tells that a change has been made. */
    void done(DemotionChange change) {
        if (change.delta > 0) {
            demoted.add(change.by);
        } else {
            demoted.remove(change.by);
        }
    }

    private boolean allKnown(Table table) {
        return table.hosts().stream().noneMatch(host -> hosts.of(host.id()) == HostState.UNKNOWN);
    }
}
