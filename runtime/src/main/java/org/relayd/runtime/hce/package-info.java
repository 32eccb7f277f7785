/**
 * Health check engine: finds out which hosts are up and tells the rest of the daemon.
 *
 * <p>
 * {@link org.relayd.runtime.hce.HealthCheckEngine} keeps the state of every host of a {@link
 * org.relayd.ir.plan.HealthPlan}; the checks themselves are in the package {@code check}. Everything runs on one
 * engine thread and never blocks. What must not come in: relays, the packet filter, the control socket; they listen to
 * {@link org.relayd.runtime.HealthEvent}s or ask for views.
 */
package org.relayd.runtime.hce;
