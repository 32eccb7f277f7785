package org.relayd.runtime.pfe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.plan.PfAnchor;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.Log;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.platform.TableChange;

/** Brings the kernel into step with what is known of the hosts. One thread only; nothing here waits for time to pass. */
final class KernelSync {
    private final KernelPlan plan;
    private final Kernel kernel;
    private final Log log;
    private final FilterListener listener;
    private final KnownHosts hosts = new KnownHosts();
    private final Map<RedirectId, Redirect> redirects = new HashMap<>();
    private final Watched filter;
    private final Watched routing;
    private final Watched demoting;
    private final TableSync tables;
    private final RouteSync routes;
    private final DemotionSync demotion;
    private Map<RedirectId, Long> connections = Map.of();

    KernelSync(KernelPlan plan, Kernel kernel, Log log, FilterListener listener) {
        this.plan = plan;
        this.kernel = kernel;
        this.log = log;
        this.listener = listener;
        this.filter = new Watched("packet filter", log);
        this.routing = new Watched("routes", log);
        this.demoting = new Watched("demotion", log);
        this.tables = new TableSync(plan.filter(), hosts);
        this.routes = new RouteSync(plan.routes(), hosts, log);
        this.demotion = new DemotionSync(plan.tables(), hosts);
        plan.filter().anchors().stream().map(PfAnchor::redirect)
                .forEach(redirect -> redirects.put(redirect.id(), redirect));
    }

    void take(HealthEvent event) {
        hosts.take(event);
    }

    void know(HostId host, HostState state) {
        hosts.set(host, state);
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
        boolean filtered = (plan.filter().anchors().isEmpty() && !plan.filter().diverts())
                || filter.use(this::openFilter, this::syncFilter);
        boolean routed = plan.routes().routers().isEmpty() || route();
        return demote() && filtered && routed;
    }

    /** Looks whether the kernel still has what was loaded, and reads its counters. */
    void inspect() {
        if (filter.open() && !plan.filter().anchors().isEmpty()) {
            filter.use(() -> {
                // It is open.
            }, () -> {
                connections = kernel.filter().connections();
                kernel.filter().rebalance();
            });
        }
        if (routing.open()) {
            routing.attempt(() -> {
                int missing = kernel.routes().repair();
                if (missing > 0) {
                    log.warn("routes: " + missing + " had been removed and were added again");
                }
            });
        }
    }

    /** Removes all that is ours. */
    void stop() {
        filter.close(kernel.filter()::close);
        routing.close(kernel.routes()::close);
        demoting.close(kernel.demotion()::close);
    }

    List<RedirectView> views() {
        return plan.filter().anchors().stream().map(PfAnchor::redirect).map(redirect -> new RedirectView(redirect,
                state(redirect), connections.getOrDefault(redirect.id(), 0L))).toList();
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

    private void openFilter() throws KernelException {
        kernel.filter().open(plan.filter());
        tables.lost();
    }

    /** A route that cannot be added now, say because a link is down, is tried again with the next round of checks. */
    private boolean route() {
        boolean opened = routing.use(() -> {
            kernel.routes().open(plan.routes());
            routes.lost();
        }, () -> {
            // It is open.
        });
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
        Redirect redirect = redirects.get(operation.redirect());
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
            return true;
        }
        return demoting.use(() -> {
            kernel.demotion().open(demotion.groups());
            demotion.lost();
        }, () -> {
            for (DemotionSync.Change change : demotion.changes()) {
                kernel.demotion().change(change.group(), change.delta());
                log.info((change.delta() > 0 ? "incremented" : "decremented") + " the demote state of group '"
                        + change.group() + "'");
            }
        });
    }
}
