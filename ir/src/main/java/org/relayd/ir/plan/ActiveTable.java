package org.relayd.ir.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Table;

/**
 * Which hosts of a redirection get new connections: those of the main table that are up; if there are none, those of
 * the backup table. relayd.conf(5): REDIRECTIONS.
 *
 * @param use
 *            the table that is in use
 * @param hosts
 *            its hosts that are up, in file order; empty exactly if the redirection is down
 */
public record ActiveTable(Use use, List<Host> hosts) {

    /** Copies the list. */
    public ActiveTable {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty() != (use == Use.NONE)) {
            throw new IllegalArgumentException("table " + use + " with " + hosts.size() + " hosts");
        }
    }

    /** The table that is in use. */
    public enum Use {
        /** None: the redirection is disabled or no host is up; it has no rules in the packet filter. */
        NONE,
        /** The main table. */
        MAIN,
        /** The backup table, because the main table has no host that is up. */
        BACKUP
    }

    /**
     * Decides for one redirection.
     *
     * @param enabled
     *            whether the redirection is enabled at the moment
     * @param up
     *            tells whether a host is known to be up
     */
    public static ActiveTable of(Redirect redirect, boolean enabled, Predicate<HostId> up) {
        if (!enabled) {
            return new ActiveTable(Use.NONE, List.of());
        }
        List<Host> main = hostsUp(redirect.table(), up);
        if (!main.isEmpty()) {
            return new ActiveTable(Use.MAIN, main);
        }
        List<Host> backup = redirect.backup().map(table -> hostsUp(table, up)).orElse(List.of());
        return new ActiveTable(backup.isEmpty() ? Use.NONE : Use.BACKUP, backup);
    }

    /**
     * Decides for one redirection as the configuration has it, before relayctl(8) enabled or disabled anything.
     *
     * @param up
     *            tells whether a host would be up if it were checked
     */
    public static ActiveTable configured(Redirect redirect, Predicate<HostId> up) {
        Set<HostId> checked = Stream.concat(Stream.of(redirect.table()), redirect.backup().stream())
                .filter(table -> !table.disabled()).flatMap(table -> table.hosts().stream()).map(Host::id)
                .collect(Collectors.toSet());
        return of(redirect, !redirect.disabled(), host -> checked.contains(host) && up.test(host));
    }

    /** Returns the table in use, if there is one. */
    public Optional<Table> table(Redirect redirect) {
        return switch (use) {
            case NONE -> Optional.empty();
            case MAIN -> Optional.of(redirect.table());
            case BACKUP -> redirect.backup();
        };
    }

    private static List<Host> hostsUp(Table table, Predicate<HostId> up) {
        return table.hosts().stream().filter(host -> up.test(host.id())).toList();
    }
}
