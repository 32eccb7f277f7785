package org.relayd.runtime.pfe;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.platform.TableChange;

/**
 * Brings the kernel into step with what is known of the hosts. One thread only; nothing here waits for time to pass.
 */
final class KernelSync {
    private final Kernel kernel;
    private final Log log;
    private final FilterListener listener;
    private final KnownHosts hosts = new KnownHosts();
    private final Watched filter;
    private final Watched routing;
    private final Watched demoting;
    private final Watched footprint;
    private final TableSync tables;
    private final RouteSync routes;
    private final DemotionSync demotion;
    private final ConnectionTotals connections = new ConnectionTotals();
    private final Watched cleaning;
    private KernelPlan plan = KernelPlan.nothing();
    /** Groups that others have demoted, if they have left anything that is not yet seen to. */
    private Optional<Set<String>> left = Optional.empty();

    KernelSync(Kernel kernel, Log log, FilterListener listener) {
        this.kernel = kernel;
        this.log = log;
        this.listener = listener;
        this.filter = new Watched("packet filter", log);
        this.routing = new Watched("routes", log);
        this.demoting = new Watched("demotion", log);
        this.footprint = new Watched("footprint", log);
        this.cleaning = new Watched("left-overs of another relayd", log);
        this.tables = new TableSync(hosts);
        this.routes = new RouteSync(hosts, log);
        this.demotion = new DemotionSync(hosts);
    }

    /**
     * Takes over the first plan.
     *
     * @param before
     *            what another process knew of the same plan: what it has asked the kernel for goes on without a gap
     */
    void begin(KernelPlan first, Handover before) {
        before.hosts().forEach(hosts::set);
        take(first);
        before.redirects().forEach(tables::set);
        if (!before.isNothing()) {
            tables.inherit();
            routes.inherit();
            demotion.inherit(before.demoted());
        }
    }

    /**
     * Removes what processes that were killed have left where the plan needs nothing; the rest is
     * taken over when it is needed.
     */
    void removeLeftOvers() {
        cleaning.attempt(() -> left = kernel.footprint().left());
        clean();
    }

    /** Tried again until it works, as all else that the kernel refuses. */
    private boolean clean() {
        return left.isEmpty() || cleaning.use(Watched.NOTHING, () -> {
            remove(left.get());
            if (plan.isEmpty()) {
                kernel.footprint().clear();
            }
            left = Optional.empty();
            log.info("removed what another relayd has left in the kernel");
        });
    }

    /** Returns the groups that a footprint must name. */
    private Set<String> groups() {
        Set<String> groups = new HashSet<>(plan.groups());
        left.ifPresent(groups::addAll);
        return groups;
    }

    private void remove(Set<String> groups) throws KernelException {
        if (!plan.filters()) {
            kernel.filter().open(plan.image().empty());
            kernel.filter().close();
        }
        if (!plan.hasRouters()) {
            kernel.routes().open(RouteImage.nothing());
            kernel.routes().close();
        }
        Set<String> demoted = new HashSet<>(groups);
        demoted.removeAll(plan.groups());
        if (!demoted.isEmpty()) {
            kernel.demotion().open(demoted);
            kernel.demotion().close();
        }
    }

    /**
     * Takes over another plan. What is the same in both goes on without a gap.
     *
     * @param states
     *            what is known of the hosts of the new plan
     */
    void reload(KernelPlan next, Map<HostId, HostState> states) {
        Map<String, RedirectId> before = ids();
        hosts.clear();
        states.forEach(hosts::set);
        take(next);
        Map<RedirectId, RedirectId> ids = new HashMap<>();
        ids().forEach((name, id) -> Optional.ofNullable(before.get(name)).ifPresent(old -> ids.put(old, id)));
        connections.follow(ids);
        if (footprint.open() && !plan.isEmpty()) {
            footprint.use(Watched.NOTHING, () -> kernel.footprint().set(groups(), plan.routes().image()));
        }
        if (filter.open() && plan.filters()) {
            filter.use(Watched.NOTHING, () -> kernel.filter().open(plan.image()));
        }
        if (routing.open() && plan.hasRouters()) {
            routing.use(Watched.NOTHING, () -> kernel.routes().open(plan.routes().image()));
        }
        if (demoting.open() && !demotion.groups().isEmpty()) {
            demoting.use(Watched.NOTHING, () -> kernel.demotion().open(demotion.groups()));
        }
    }

    private void take(KernelPlan next) {
        plan = next;
        tables.take(next.redirects().redirects());
        routes.take(next.routes());
        demotion.take(next.tables());
    }

    private Map<String, RedirectId> ids() {
        return plan.redirects().redirects().stream()
                .collect(Collectors.toMap(Redirect::name, Redirect::id));
    }

    void take(HealthEvent event) {
        hosts.take(event);
    }

    void set(RedirectId redirect, boolean enabled) {
        tables.set(redirect, enabled);
    }

    /**
     * Does what must be done.
     *
     * @return false if something failed and should be tried again
     */
    boolean sync() {
        boolean cleaned = clean();
        if (!plan.isEmpty()) {
            footprint.use(() -> kernel.footprint().set(groups(), plan.routes().image()), Watched.NOTHING);
        }
        boolean filtered = filter();
        boolean routed = route();
        boolean demoted = demote();
        if (plan.isEmpty()) {
            footprint.close(kernel.footprint()::clear);
        }
        return cleaned && filtered && routed && demoted;
    }

    /** Returns whether the packet filter has rules of ours that others might remove. */
    boolean hasRules() {
        return filter.open() && !plan.redirects().redirects().isEmpty();
    }

    /** Looks whether the packet filter still has what was loaded, and reads its counters. */
    void look() {
        if (hasRules()) {
            filter.use(Watched.NOTHING, () -> connections.take(kernel.filter().connections()));
        }
    }

    /**
     * Looks whether the kernel still has what was loaded, and lets it catch up with what has changed without a word.
     */
    void inspect() {
        look();
        if (hasRules()) {
            filter.use(Watched.NOTHING, kernel.filter()::rebalance);
        }
        if (routing.open()) {
            routing.attempt(() -> {
                int missing = kernel.routes().repair();
                if (missing > 0) {
                    log.warn("routes: " + missing + " had been removed and were added again");
                }
            });
        }
        if (demoting.open()) {
            demoting.attempt(kernel.demotion()::repair);
        }
    }

    /** Removes all that is ours. */
    void stop() {
        filter.close(kernel.filter()::close);
        routing.close(kernel.routes()::close);
        demoting.close(kernel.demotion()::close);
        footprint.close(kernel.footprint()::clear);
    }

    List<RedirectView> views() {
        return plan.redirects().redirects().stream().map(
                redirect -> new RedirectView(redirect, state(redirect), connections.of(redirect.id()))).toList();
    }

    private RedirectView.State state(Redirect redirect) {
        if (!tables.enabled(redirect.id())) {
            return RedirectView.State.DISABLED;
        }
        return switch (tables.wanted(redirect).use()) {
            case NONE -> RedirectView.State.DOWN;
            case MAIN -> RedirectView.State.ACTIVE;
            case BACKUP -> RedirectView.State.BACKUP;
        };
    }

    private boolean filter() {
        if (!plan.filters()) {
            filter.close(kernel.filter()::close);
            return true;
        }
        return filter.use(() -> {
            kernel.filter().open(plan.image());
            tables.lost();
        }, this::syncFilter);
    }

    /** A route that cannot be added now, say because a link is down, is tried again with the next round of checks. */
    private boolean route() {
        if (!plan.hasRouters()) {
            routing.close(kernel.routes()::close);
            return true;
        }
        boolean opened = routing.use(() -> {
            kernel.routes().open(plan.routes().image());
            routes.lost();
        }, Watched.NOTHING);
        List<RouteOperation> operations = opened ? routes.operations() : List.of();
        if (!operations.isEmpty()) {
            routing.attempt(() -> kernel.routes().apply(operations));
        }
        return opened;
    }

    private void syncFilter() throws KernelException {
        List<FilterOperation> operations = tables.operations();
        if (operations.isEmpty()) {
            return;
        }
        Map<RedirectId, TableChange> changes = new HashMap<>();
        kernel.filter().apply(operations).forEach(change -> changes.put(change.redirect(), change));
        tables.done();
        operations.forEach(operation -> report(operation, changes));
    }

    private void report(FilterOperation operation, Map<RedirectId, TableChange> changes) {
        Redirect redirect = tables.redirect(operation.redirect());
        switch (operation) {
            case FilterOperation.SetHosts _,FilterOperation.FlushHosts _ -> {
                TableChange change = changes.get(redirect.id());
                if (plan.logsTables() && change != null) {
                    log.info("table " + redirect.name() + ": " + change.added() + " added, " + change.deleted()
                            + " deleted, " + change.changed() + " changed, " + change.killed() + " killed");
                }
                listener.on(new FilterEvent.TableChanged(redirect));
            }
            case FilterOperation.LoadRules _ -> {
                log.debug(() -> "pfe_sync: enabling ruleset");
                listener.on(new FilterEvent.RulesLoaded(redirect));
            }
            case FilterOperation.RemoveRules _ -> {
                log.debug(() -> "pfe_sync: disabling ruleset");
                listener.on(new FilterEvent.RulesRemoved(redirect));
            }
            case FilterOperation.ForgetClients _ -> {
                // Counted with the change of the table.
            }
        }
    }

    private boolean demote() {
        if (demotion.groups().isEmpty()) {
            demoting.close(kernel.demotion()::close);
            return true;
        }
        return demoting.use(() -> kernel.demotion().open(demotion.groups()), () -> {
            for (DemotionSync.DemotionChange change : demotion.changes()) {
                kernel.demotion().change(change.group(), change.delta());
                demotion.done(change);
                log.info((change.delta() > 0 ? "incremented" : "decremented") + " the demote state of group '"
                        + change.group() + "'");
            }
        });
    }
}
