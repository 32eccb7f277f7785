package org.relayd.runtime.hce;

import java.util.List;
import org.relayd.ir.config.Table;

/**
 * One table at one moment.
 *
 * @param table
 *            the table
 * @param enabled
 *            false while it is disabled, by the configuration or by relayctl(8)
 * @param hosts
 *            its hosts in their order
 */
public record TableView(Table table, boolean enabled, List<HostView> hosts) {

    /** Copies the list. */
    public TableView {
        hosts = List.copyOf(hosts);
    }
}
