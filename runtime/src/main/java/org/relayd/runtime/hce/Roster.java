package org.relayd.runtime.hce;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.parent.message.Handover;

/** All tables and hosts of a plan with what is known about them. Engine thread only. */
final class Roster {
    private final List<CheckedTable> tables = new ArrayList<>();
    private final Map<HostId, CheckedHost> hosts = new HashMap<>();

    private Roster() {}

    /** Creates the roster of the first plan: all hosts are unknown. */
    static Roster of(List<Table> tables) {
        return new Roster().fill(tables, new Roster());
    }

    /** Goes on from what is known of hosts and tables: numbers are those of this plan. */
    void goOn(Handover before) {
        for (CheckedTable table : tables) {
            table.setEnabled(before.tables().getOrDefault(table.table().id(), table.enabled()));
            for (CheckedHost host : table.hosts()) {
                boolean enabled = !before.disabledHosts().contains(host.host().id());
                host.setEnabled(enabled);
                if (enabled && table.enabled()) {
                    host.condition().goOn(before.hosts().getOrDefault(host.host().id(), HostState.UNKNOWN),
                            host.host().retry());
                }
                host.publish();
            }
        }
    }

    /**
     * Creates the roster of a new plan. A host keeps its state and its counts if its table has the same name, port and
     * check as before and it has the same name and address. Whether relayctl(8) disabled it, it keeps whatever else
     * has changed about its table; a table keeps whether relayctl(8) switched it if its configuration says the same as
     * before. Who has a parent follows that.
     */
    Roster reloaded(List<Table> newTables) {
        return new Roster().fill(newTables, this);
    }

    /** Returns the tables in order of their ids. */
    List<CheckedTable> tables() {
        return tables;
    }

    /** Returns a table by its number. */
    Optional<CheckedTable> table(TableId id) {
        return tables.stream().filter(table -> table.table().id().equals(id)).findFirst();
    }

    /** Returns the first table with a name, such as {@code web:80}. */
    Optional<CheckedTable> table(String name) {
        return tables.stream().filter(table -> table.table().name().equals(name)).findFirst();
    }

    /** Returns a host by its number. */
    Optional<CheckedHost> host(HostId id) {
        return Optional.ofNullable(hosts.get(id));
    }

    /** Returns the first host with a name as written in the file. */
    Optional<CheckedHost> host(String name) {
        return tables.stream().flatMap(table -> table.hosts().stream())
                .filter(host -> host.host().name().equals(name)).findFirst();
    }

    private Roster fill(List<Table> newTables, Roster old) {
        Predecessors before = new Predecessors(old.tables, newTables);
        newTables.forEach(table -> add(table, before.of(table)));
        for (CheckedHost host : hosts.values()) {
            host.host().parent().flatMap(this::host).ifPresent(parent -> {
                parent.children().add(host);
                if (host.enabled() != parent.enabled()) {
                    host.setEnabled(parent.enabled());
                    host.condition().reset();
                    host.publish();
                }
            });
        }
        return this;
    }

    private void add(Table table, Predecessors.Predecessor before) {
        boolean enabled = before.table().filter(old -> old.table().disabled() == table.disabled())
                .map(CheckedTable::enabled).orElse(!table.disabled());
        UsableHosts usable = before.checkedAlike().filter(old -> sameHosts(old.table(), table))
                .map(CheckedTable::usable).orElseGet(() -> new UsableHosts(table.hosts().size()));
        CheckedTable checked = new CheckedTable(table, usable, enabled);
        Map<HostKey, CheckedHost> known = new HashMap<>();
        before.table().ifPresent(old -> old.hosts().forEach(host -> known.putIfAbsent(HostKey.of(host.host()), host)));
        for (int index = 0; index < table.hosts().size(); index++) {
            Optional<CheckedHost> same = Optional.ofNullable(known.remove(HostKey.of(table.hosts().get(index))));
            CheckedHost host = new CheckedHost(checked, index,
                    same.filter(_ -> before.checkedAlike().isPresent()).map(CheckedHost::condition)
                            .orElseGet(HostCondition::new),
                    same.map(CheckedHost::enabled).orElse(true));
            checked.hosts().add(host);
            hosts.put(host.host().id(), host);
            host.publish();
        }
        tables.add(checked);
    }

    private static boolean sameHosts(Table one, Table other) {
        return one.hosts().stream().map(HostKey::of).toList().equals(other.hosts().stream().map(HostKey::of).toList());
    }

    /** What makes a host of a new plan the same as one before. */
    private record HostKey(String name, IpAddress address) {
        static HostKey of(Host host) {
            return new HostKey(host.name(), host.address());
        }
    }
}
