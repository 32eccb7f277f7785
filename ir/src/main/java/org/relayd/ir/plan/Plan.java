package org.relayd.ir.plan;

import org.relayd.ir.config.GlobalSettings;
import org.relayd.ir.term.Dialect;

/**
 * Everything the runtime executes, one slice per role.
 *
 * @param dialect
 *            dialect whose behaviour applies where the two differ
 * @param globals
 *            settings of the daemon
 * @param health
 *            what the health checks check
 * @param filter
 *            what the packet filter loads
 * @param routes
 *            which routes the kernel gets
 * @param relays
 *            what the relays do
 */
public record Plan(Dialect dialect, GlobalSettings globals, HealthPlan health, FilterPlan filter, RoutePlan routes,
        RelayGraph relays) {}
