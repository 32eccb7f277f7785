package org.relayd.runtime.pfe;

import java.util.List;
import org.relayd.ir.config.Table;
import org.relayd.ir.plan.FilterPlan;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RoutePlan;

/**
 * The part of a plan that concerns the kernel.
 *
 * @param filter
 *            redirections
 * @param routes
 *            routers
 * @param tables
 *            all tables, because those of relays may demote too
 * @param logsTables
 *            whether changes of tables are logged: {@code log state changes} in relayd.conf(5)
 */
public record KernelPlan(FilterPlan filter, RoutePlan routes, List<Table> tables, boolean logsTables) {

    /** Copies the list. */
    public KernelPlan {
        tables = List.copyOf(tables);
    }

    /** Takes the part from a whole plan. */
    public static KernelPlan of(Plan plan) {
        return new KernelPlan(plan.filter(), plan.routes(), plan.health().tables(),
                plan.globals().log().stateChanges());
    }

    /** Returns whether the kernel has nothing to do. */
    public boolean isEmpty() {
        return filter.anchors().isEmpty() && !filter.diverts() && routes.routers().isEmpty()
                && tables.stream().noneMatch(table -> table.demoteGroup().isPresent());
    }
}
