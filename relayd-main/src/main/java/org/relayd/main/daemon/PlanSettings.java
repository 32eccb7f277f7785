package org.relayd.main.daemon;

import java.nio.file.Path;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.GlobalSettings.LogSettings;
import org.relayd.ir.plan.Plan;
import org.relayd.main.options.RelaydOptions;
import org.relayd.runtime.hce.HealthLog;
import org.relayd.runtime.relay.session.RelaySettings;

/**
 * What a plan and the command line together decide.
 *
 * @param options
 *            the command line
 * @param plan
 *            the plan
 */
record PlanSettings(RelaydOptions options, Plan plan) {
    /** Returns which changes of hosts are logged. */
    HealthLog healthLog() {
        return HealthLog.of(plan.dialect(), plan.globals().log(), options.foreground());
    }

    /** Returns the path of the control socket. */
    Path controlSocket() {
        return Path.of(options.controlSocket(plan.globals().controlSocket()));
    }

    /**
     * Returns what concerns all relays. Dialect 5.1 has no log statement for sessions: they leave lines in the
     * foreground and with {@code log updates} or {@code log all}, which name hosts too.
     */
    RelaySettings relays() {
        LogSettings log = plan.globals().log();
        ConnectionLog sessions = switch (plan.dialect()) {
            case V5_1 -> options.foreground() || log.stateChanges() ? ConnectionLog.ALL : ConnectionLog.NONE;
            case CURRENT -> log.connections();
        };
        return new RelaySettings(plan.dialect(), sessions);
    }
}
