package org.relayd.runtime.hce;

import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.HostState;

/** What the checks of one host have led to so far. Engine thread only. */
final class HostCondition {
    private HostState state = HostState.UNKNOWN;
    private CheckResult last = CheckResult.NONE;
    private int forgiven;
    private long checks;
    private long upChecks;

    /**
     * Takes in the result of a check. A failure is forgiven, that is the state stays what it is, as often as the
     * host's {@code retry} says since the last success; before the first success or failure nothing is forgiven, so
     * that a dead host is never used. relayd.conf(5): TABLES, {@code retry}.
     *
     * @param retry
     *            failures to forgive, from the configuration
     * @return whether the result is a failure that was forgiven
     */
    boolean take(CheckResult result, int retry) {
        last = result;
        boolean forgive = result.verdict() == HostState.DOWN && forgiven > 0;
        if (forgive) {
            forgiven--;
        } else {
            state = result.verdict();
            forgiven = retry;
        }
        if (state != HostState.UNKNOWN) {
            checks++;
            upChecks += state == HostState.UP ? 1 : 0;
        }
        return forgive;
    }

    /**
     * Goes on from what the checks of another process have found, without its counts.
     *
     * @param retry
     *            failures to forgive, from the configuration
     */
    void goOn(HostState found, int retry) {
        state = found;
        forgiven = found == HostState.UNKNOWN ? 0 : retry;
    }

    /** Forgets the state but not the counts: the table was disabled or enabled. */
    void becomeUnknown() {
        state = HostState.UNKNOWN;
        forgiven = 0;
    }

    /** Forgets everything: the host was disabled. */
    void reset() {
        becomeUnknown();
        last = CheckResult.NONE;
        checks = 0;
        upChecks = 0;
    }

    HostState state() {
        return state;
    }

    /** Returns how the last check ended. */
    CheckResult last() {
        return last;
    }

    /** Returns how many further failures will be forgiven. */
    int forgiven() {
        return forgiven;
    }

    /** Returns the number of checks that counted: those that told up from down. */
    long checks() {
        return checks;
    }

    /** Returns how many of them left the host up. */
    long upChecks() {
        return upChecks;
    }
}
