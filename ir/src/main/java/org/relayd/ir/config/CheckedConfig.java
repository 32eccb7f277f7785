package org.relayd.ir.config;

import java.util.List;
import org.relayd.ir.term.Dialect;

/**
 * A whole configuration with its meaning resolved. All lists are in the order of ids.
 *
 * @param dialect
 *            the dialect whose defaults apply
 * @param globals
 *            settings of the daemon
 * @param tables
 *            derived tables: one for each distinct use of a table, in order of use
 * @param namedTables
 *            tables that rules name and nothing else uses, in order of their names in the rules
 * @param redirects
 *            redirections
 * @param relays
 *            relays, each further listen line as a relay of its own
 * @param protocols
 *            protocols that the file defines, used or not
 * @param routers
 *            routers
 */
public record CheckedConfig(Dialect dialect, GlobalSettings globals, List<Table> tables,
        List<NamedTable> namedTables, List<Redirect> redirects,
        List<Relay> relays,
        List<Protocol> protocols, List<Router> routers) {

    /** Copies the lists. */
    public CheckedConfig {
        tables = List.copyOf(tables);
        namedTables = List.copyOf(namedTables);
        redirects = List.copyOf(redirects);
        relays = List.copyOf(relays);
        protocols = List.copyOf(protocols);
        routers = List.copyOf(routers);
    }

    /** Returns whether anything in it is an extension. relayd.conf(5): EXTENSIONS. */
    public boolean usesExtensions() {
        return protocols.stream().anyMatch(protocol -> protocol.http().accessLog().isPresent())
                || tables.stream().flatMap(table -> table.check().stream()).anyMatch(CheckedConfig::isExtension);
    }

    private static boolean isExtension(HealthCheck check) {
        return switch (check) {
            case HealthCheck.Dns _ -> true;
            case HealthCheck.Icmp _,HealthCheck.TcpConnect _,HealthCheck.TlsHandshake _,HealthCheck.HttpCode _,HealthCheck.HttpDigest _,HealthCheck.SendExpect _,HealthCheck.BinarySendExpect _,HealthCheck.Script _
                    -> false;
        };
    }
}
