package org.relayd.ir.plan;

import java.time.Duration;
import java.util.List;
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
public record HealthPlan(Duration interval, List<Table> tables, List<Proxied> proxied) {

    /** Copies the lists. */
    public HealthPlan {
        tables = List.copyOf(tables);
        proxied = List.copyOf(proxied);
    }

    /**
     * A table whose hosts expect a PROXY protocol header.
     *
     * @param table
     *            the table; one entry for each
     * @param version
     *            version of the header
     */
    public record Proxied(TableId table, ProxyProtocol version) {}

    /** Returns the version of the header that connections to the hosts of a table begin with, if any. */
    public Optional<ProxyProtocol> proxyProtocol(TableId table) {
        return proxied.stream().filter(one -> one.table().equals(table)).map(Proxied::version).findFirst();
    }
}
