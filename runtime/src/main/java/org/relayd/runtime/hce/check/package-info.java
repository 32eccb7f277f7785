/**
 * The health checks on the wire: one {@link org.relayd.runtime.hce.check.Checker} for each kind of check.
 *
 * <p>
 * A checker starts a check of one host and reports a {@link org.relayd.runtime.hce.check.CheckOutcome}, both on the
 * engine thread, without blocking it. It keeps no state of hosts and knows no schedule.
 */
package org.relayd.runtime.hce.check;
