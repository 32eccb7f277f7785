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
 * @param leftovers
 *            what earlier checks on the same line left behind
 */
public record Table(TableId id, String name, String template, Port port, boolean explicitPort, boolean disabled,
        Optional<HealthCheck> check,
        Duration timeout, Duration interval, Optional<String> demoteGroup, Optional<String> routeInterface,
        List<Host> hosts, Leftovers leftovers) {

    /** Copies the list. */
    public Table {
        hosts = List.copyOf(hosts);
    }

    /**
     * What earlier checks on the same forward line set and the last one does not use. Of several checks the last one
     * wins, but the original keeps these fields and compares them when it decides whether two uses share a table; the
     * model shows them.
     *
     * @param tls
     *            whether an earlier check asked for TLS, and the last one cannot have it
     * @param send
     *            text that an earlier check would have sent
     */
    public record Leftovers(boolean tls, Optional<String> send) {

        /** Returns the usual case: one check, nothing left behind. */
        public static Leftovers none() {
            return new Leftovers(false, Optional.empty());
        }
    }
}
