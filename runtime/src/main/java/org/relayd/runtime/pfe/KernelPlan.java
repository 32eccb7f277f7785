package org.relayd.runtime.pfe;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.relayd.ir.config.Table;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RedirectPlan;
import org.relayd.ir.plan.RoutePlan;

/**
 * The part of a plan that concerns the kernel.
 *
 * @param redirects
 *            redirections
 * @param image
 *            the same for the packet filter
 * @param routes
 *            routers
 * @param tables
 *            all tables, because those of relays may demote too
 * @param logsTables
 *            whether changes of tables are logged: {@code log state changes} in relayd.conf(5)
 */
public record KernelPlan(RedirectPlan redirects, KernelImage image, RoutePlan routes, List<Table> tables,
        boolean logsTables) {

    /** Copies the list. */
    public KernelPlan {
        tables = List.copyOf(tables);
    }

    /** Takes the part from a whole plan. */
    public static KernelPlan of(Plan plan) {
        return new KernelPlan(plan.redirects(), plan.kernel().image(), plan.routes(), plan.health().tables(),
                plan.globals().log().stateChanges());
    }

    /** Returns a plan that leaves the kernel as it is. */
    static KernelPlan nothing() {
        return new KernelPlan(RedirectPlan.nothing(), new KernelImage.Unheeded(List.of()), RoutePlan.nothing(),
                List.of(), false);
    }

    /** Returns whether the kernel has nothing to do. */
    public boolean isEmpty() {
        return !filters() && !hasRouters() && groups().isEmpty();
    }

    /** Returns whether the packet filter has something to do. */
    boolean filters() {
        return !redirects.isEmpty();
    }

    /** Returns whether there are routers. */
    boolean hasRouters() {
        return !routes.routers().isEmpty();
    }

    /** Returns the groups that tables may demote. */
    Set<String> groups() {
        return tables.stream().flatMap(table -> table.demoteGroup().stream()).collect(Collectors.toSet());
    }
}
