package org.relayd.ir.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.term.ProxyProtocol;

/**
 * What is checked.
 *
 * @param interval
 *            time between rounds of checks
 * @param tables
 *            all tables in order of their ids, those without check included: relayctl(8) shows them too
 * @param proxied
 *            tables whose hosts expect a PROXY protocol header in front of each connection
 */
public record HealthPlan(Duration interval, List<Table> tables, Map<TableId, ProxyProtocol> proxied) {

    /** Copies the collections. */
    public HealthPlan {
        tables = List.copyOf(tables);
        proxied = Map.copyOf(proxied);
    }

    /** Returns the version of the header that connections to the hosts of a table begin with, if any. */
    public Optional<ProxyProtocol> proxyProtocol(TableId table) {
        return Optional.ofNullable(proxied.get(table));
    }
}
