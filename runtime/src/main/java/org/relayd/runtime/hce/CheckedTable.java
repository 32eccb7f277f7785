package org.relayd.runtime.hce;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.config.Table;

/** One table with its hosts. Engine thread only, but for {@link #usable}. */
final class CheckedTable {
    private final Table table;
    private final UsableHosts usable;
    private final List<CheckedHost> hosts = new ArrayList<>();
    private boolean enabled;

    CheckedTable(Table table, UsableHosts usable, boolean enabled) {
        this.table = table;
        this.usable = usable;
        this.enabled = enabled;
    }

    Table table() {
        return table;
    }

    UsableHosts usable() {
        return usable;
    }

    /** Returns the hosts in the order of the table; the roster fills it once. */
    List<CheckedHost> hosts() {
        return hosts;
    }

    boolean enabled() {
        return enabled;
    }

    void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    TableView view() {
        return new TableView(table, enabled, hosts.stream().map(CheckedHost::view).toList());
    }
}
