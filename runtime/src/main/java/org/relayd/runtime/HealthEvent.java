package org.relayd.runtime;

import org.relayd.ir.config.Host;
import org.relayd.ir.config.Table;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.HostState;

/**
 * What the health checks found out, or what relayctl(8) told them. The records name the plan's own tables and hosts.
 */
public sealed interface HealthEvent {

    /**
     * A check of a host ended; also sent if its state is what it was before.
     *
     * @param table
     *            table of the host
     * @param host
     *            the host
     * @param before
     *            its state before
     * @param now
     *            its state from now on: differs from {@code before} if new sessions must begin or cease to reach it
     * @param result
     *            how the check ended
     */
    record HostChecked(Table table, Host host, HostState before, HostState now, CheckResult result)
            implements HealthEvent {}

    /**
     * A host was disabled or enabled by relayctl(8); it, and each host that names it as parent, is
     * unknown until its next check.
     *
     * @param table
     *            table of the host
     * @param host
     *            the host
     * @param enabled
     *            whether it may be used
     */
    record HostSwitched(Table table, Host host, boolean enabled) implements HealthEvent {}

    /**
     * A table was disabled or enabled by relayctl(8); all its hosts are unknown until their next check.
     *
     * @param table
     *            the table
     * @param enabled
     *            whether it may be used
     */
    record TableSwitched(Table table, boolean enabled) implements HealthEvent {}

    /** All checks of a round have been started; the rounds follow each other every interval. */
    record RoundStarted() implements HealthEvent {}
}
