package org.relayd.runtime.hce;

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
        if (checks == 0) {
            return "";
        }
        // As printf(3) rounds; String.format would load the locale data at the first check of every start.
        long hundredths = (long) Math.rint(upChecks * 10_000.0 / checks);
        return hundredths / 100 + "." + hundredths % 100 / 10 + hundredths % 10 + "%";
    }
}
