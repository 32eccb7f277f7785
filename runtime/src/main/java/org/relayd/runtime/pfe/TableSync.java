package org.relayd.runtime.pfe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.Table;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.plan.ActiveTable;
import org.relayd.ir.plan.ActiveTable.Use;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.FilterOperation.FlushHosts;
import org.relayd.runtime.platform.FilterOperation.ForgetClients;
import org.relayd.runtime.platform.FilterOperation.LoadRules;
import org.relayd.runtime.platform.FilterOperation.RemoveRules;
import org.relayd.runtime.platform.FilterOperation.SetHosts;

/**
 * Keeps the packet filter in step with the hosts: main table if one of its hosts is up, else backup table, else no
 * rules. On the way up hosts come before rules; on the way down they go before them, so that no rule ever has an empty
 * table longer than needed.
 */
final class TableSync {
    private final Map<RedirectId, Redirect> redirects = new HashMap<>();
    private final Set<RedirectId> disabled = new HashSet<>();
    private final Map<RedirectId, ActiveTable> loaded = new HashMap<>();
    /** Redirections of which another process knew what the packet filter has. */
    private final Set<RedirectId> inherited = new HashSet<>();
    private final KnownHosts hosts;

    TableSync(KnownHosts hosts) {
        this.hosts = hosts;
    }

    /**
     * Takes over the redirections of a plan. Of a redirection that has the same name as before the packet filter keeps
     * what it has, and it stays enabled or disabled unless the configuration says something else than before.
     */
    void take(List<Redirect> next) {
        Map<String, Redirect> before = new HashMap<>();
        redirects.values().forEach(redirect -> before.put(redirect.name(), redirect));
        Set<RedirectId> wereDisabled = Set.copyOf(disabled);
        Map<RedirectId, ActiveTable> wereLoaded = Map.copyOf(loaded);
        redirects.clear();
        disabled.clear();
        loaded.clear();
        for (Redirect redirect : next) {
            redirects.put(redirect.id(), redirect);
            Optional<Redirect> old = Optional.ofNullable(before.get(redirect.name()));
            if (old.filter(same -> same.disabled() == redirect.disabled())
                    .map(same -> wereDisabled.contains(same.id())).orElse(redirect.disabled())) {
                disabled.add(redirect.id());
            }
            old.map(same -> wereLoaded.get(same.id())).ifPresent(active -> {
                loaded.put(redirect.id(), active);
                presume(redirect, active);
            });
        }
    }

    /** The packet filter may have something already: all is said once, also that there is nothing. */
    void inherit() {
        inherited.addAll(redirects.keySet());
    }

    /**
     * Hosts that are to be checked in another way have not been checked yet. Those that the redirection used before
     * stay in use until they are, so that a reload takes no service away.
     */
    private void presume(Redirect redirect, ActiveTable before) {
        Set<IpAddress> used = before.hosts().stream().map(Host::address).collect(Collectors.toSet());
        Stream.concat(Stream.of(redirect.table()), redirect.backup().stream()).filter(table -> !table.disabled())
                .flatMap(table -> table.hosts().stream()).filter(host -> used.contains(host.address()))
                .filter(host -> hosts.of(host.id()) == HostState.UNKNOWN)
                .forEach(host -> hosts.set(host.id(), HostState.UP));
    }

    /** Enables or disables a redirection. */
    void set(RedirectId redirect, boolean enabled) {
        if (enabled) {
            disabled.remove(redirect);
        } else {
            disabled.add(redirect);
        }
    }

    Redirect redirect(RedirectId id) {
        return redirects.get(id);
    }

    boolean enabled(RedirectId redirect) {
        return !disabled.contains(redirect);
    }

    /** Returns what the packet filter must do, redirections in order of their ids. */
    List<FilterOperation> operations() {
        List<FilterOperation> operations = new ArrayList<>();
        redirects.values().stream().sorted((a, b) -> a.id().compareTo(b.id()))
                .forEach(redirect -> add(operations, redirect, wanted(redirect)));
        return operations;
    }

    /** Tells that the packet filter has done it. */
    void done() {
        redirects.values().forEach(redirect -> loaded.put(redirect.id(), wanted(redirect)));
        inherited.clear();
    }

    /** Tells that the packet filter is empty. */
    void lost() {
        loaded.clear();
    }

    /** Returns which table of a redirection is in use, whether or not the packet filter knows it already. */
    ActiveTable wanted(Redirect redirect) {
        return ActiveTable.of(redirect, enabled(redirect.id()), hosts::up);
    }

    private void add(List<FilterOperation> operations, Redirect redirect, ActiveTable wanted) {
        ActiveTable before = loaded.getOrDefault(redirect.id(), new ActiveTable(Use.NONE, List.of()));
        if (before.equals(wanted) && !inherited.contains(redirect.id())) {
            return;
        }
        RedirectId id = redirect.id();
        if (wanted.use() == Use.NONE) {
            operations.add(new FlushHosts(id));
            operations.add(new RemoveRules(id));
            return;
        }
        operations.add(new SetHosts(id, wanted.hosts().stream().map(Host::id).toList()));
        if (redirect.sticky()) {
            wanted.table(redirect).map(Table::hosts).orElse(List.of()).stream().map(Host::id)
                    .filter(hosts::down).forEach(host -> operations.add(new ForgetClients(id, host)));
        }
        if (before.use() == Use.NONE) {
            operations.add(new LoadRules(id));
        }
    }
}
