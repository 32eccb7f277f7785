package org.relayd.runtime.hce;

import java.util.Locale;
import org.relayd.ir.config.Host;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.HostState;

/**
 * One host at one moment.
 *
 * @param host
 *            the host
 * @param enabled
 *            false after {@code relayctl host disable}
 * @param state
 *            what its checks say
 * @param upChecks
 *            checks that left it up
 * @param checks
 *            checks that counted
 * @param retries
 *            further failures that will be forgiven
 * @param last
 *            how the last check ended
 */
public record HostView(Host host, boolean enabled, HostState state, long upChecks, long checks, int retries,
        CheckResult last) {

    /**
     * Returns the share of checks that left the host up as printed: two decimals and a percent sign, or nothing before
     * the first check.
     */
    public String availability() {
        return availability(upChecks, checks);
    }

    static String availability(long upChecks, long checks) {
        return checks == 0 ? "" : String.format(Locale.ROOT, "%.2f%%", upChecks * 100.0 / checks);
    }
}
