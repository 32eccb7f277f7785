package org.relayd.runtime.pfe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.term.HostState;

/**
 * Decides which groups are demoted: a group once for each checked table that names it and has no host up. A table whose hosts were not
 * all checked yet counts only if it had one up before. relayd.conf(5): TABLES, {@code demote}.
 */
final class DemotionSync {
    private final List<Table> tables;
    private final KnownHosts hosts;
    private final Set<TableId> wasUp = new HashSet<>();
    private final Set<TableId> demoted = new HashSet<>();

    /**
     * A change of a group.
     *
     * @param group
     *            the interface group
     * @param delta
     *            +1 or -1
     */
    record Change(String group, int delta) {}

    DemotionSync(List<Table> tables, KnownHosts hosts) {
        this.tables = tables.stream().filter(table -> table.demoteGroup().isPresent() && table.check().isPresent())
                .toList();
        this.hosts = hosts;
    }

    /** Returns all groups that may be demoted. */
    Set<String> groups() {
        return tables.stream().flatMap(table -> table.demoteGroup().stream()).collect(Collectors.toSet());
    }

    /** Tells that no group is demoted. */
    void lost() {
        demoted.clear();
    }

    /** Returns what must change, and takes it as done. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (Table table : tables) {
            String group = table.demoteGroup().orElseThrow();
            if (hosts.up(table) > 0) {
                wasUp.add(table.id());
                if (demoted.remove(table.id())) {
                    changes.add(new Change(group, -1));
                }
            } else if ((wasUp.contains(table.id()) || allKnown(table)) && demoted.add(table.id())) {
                changes.add(new Change(group, 1));
            }
        }
        return changes;
    }

    private boolean allKnown(Table table) {
        return table.hosts().stream().noneMatch(host -> hosts.of(host.id()) == HostState.UNKNOWN);
    }
}
