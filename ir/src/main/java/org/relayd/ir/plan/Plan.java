package org.relayd.ir.plan;

import org.relayd.ir.config.GlobalSettings;
import org.relayd.ir.image.KernelTerms;
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
 * @param redirects
 *            what the packet filter is kept in step with
 * @param routes
 *            which routes the kernel gets
 * @param relays
 *            what the relays do
 * @param kernel
 *            what the kernel is given of it, and what it cannot do
 */
public record Plan(Dialect dialect, GlobalSettings globals, HealthPlan health, RedirectPlan redirects,
        RoutePlan routes, RelayGraph relays, KernelTerms kernel) {}
