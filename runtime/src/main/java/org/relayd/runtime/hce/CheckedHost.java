package org.relayd.runtime.hce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.config.Host;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.hce.check.RunningCheck;

/** One host with what is known about it and the check that is under way. Engine thread only. */
final class CheckedHost {
    private final CheckedTable table;
    private final int index;
    private final HostCondition condition;
    private final List<CheckedHost> children = new ArrayList<>();
    private boolean enabled;
    private boolean waiting;
    private Optional<RunningCheck> running = Optional.empty();

    CheckedHost(CheckedTable table, int index, HostCondition condition, boolean enabled) {
        this.table = table;
        this.index = index;
        this.condition = condition;
        this.enabled = enabled;
    }

    CheckedTable table() {
        return table;
    }

    Host host() {
        return table.table().hosts().get(index);
    }

    HostCondition condition() {
        return condition;
    }

    /** Returns the hosts of any table that follow this one without being checked themselves. */
    List<CheckedHost> children() {
        return children;
    }

    boolean enabled() {
        return enabled;
    }

    void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** Returns whether rounds check this host: it follows no other and neither it nor its table is disabled. */
    boolean isCheckable() {
        return enabled && table.enabled() && host().parent().isEmpty();
    }

    /** Returns whether a check is under way or waits for its turn. */
    boolean isBusy() {
        return waiting || running.isPresent();
    }

    void setWaiting(boolean waiting) {
        this.waiting = waiting;
    }

    void setRunning(Optional<RunningCheck> running) {
        this.running = running;
    }

    /**
     * Ends a check that is under way without a result.
     *
     * @return whether there was one
     */
    boolean abandon() {
        Optional<RunningCheck> ended = running;
        running = Optional.empty();
        ended.ifPresent(RunningCheck::abandon);
        return ended.isPresent();
    }

    /** Tells relays whether this host may get sessions, after any change of what that depends on. */
    void publish() {
        boolean on = enabled && table.enabled();
        boolean up = table.table().check().isEmpty() || condition.state() == HostState.UP;
        table.usable().set(index, on && up, on && condition.state() == HostState.UNKNOWN);
    }

    HostView view() {
        return new HostView(host(), enabled, condition.state(), condition.upChecks(), condition.checks(),
                condition.forgiven(), condition.last());
    }
}
