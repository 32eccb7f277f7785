package org.relayd.ir.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.net.Port;

/**
 * Hosts that are checked together in one way: one use of a table of the file. relayd.conf(5): TABLES.
 *
 * @param id
 *            its number, in order of use
 * @param name
 *            {@code NAME:PORT}; two tables may share a name, the id tells them apart
 * @param template
 *            the name of the table in the file
 * @param port
 *            port of the hosts
 * @param explicitPort
 *            whether the forward line names the port
 * @param disabled
 *            whether checks wait until relayctl(8) enables the table
 * @param check
 *            health check; empty if all hosts always count as usable
 * @param timeout
 *            limit of one check; default the global timeout at the table's definition
 * @param interval
 *            time between checks; default the global interval
 * @param demoteGroup
 *            interface group that is demoted while no host is up
 * @param routeInterface
 *            interface of {@code route to}; present only for direct server return
 * @param hosts
 *            in file order, never empty
 */
public record Table(TableId id, String name, String template, Port port, boolean explicitPort, boolean disabled,
        Optional<HealthCheck> check,
        Duration timeout, Duration interval, Optional<String> demoteGroup, Optional<String> routeInterface,
        List<Host> hosts) {

    /** Copies the list. */
    public Table {
        hosts = List.copyOf(hosts);
    }
}
