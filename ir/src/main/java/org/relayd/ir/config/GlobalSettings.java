package org.relayd.ir.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the whole daemon. relayd.conf(5): GLOBAL CONFIGURATION.
 *
 * @param interval
 *            time between health checks; whole seconds, at least one, default 10 s
 * @param timeout
 *            limit of one health check; default 200 ms, shorter than the interval
 * @param prefork
 *            number of accepting event loops, 1 to 32; default 3, in dialect 5.1 5
 * @param log
 *            what is logged
 * @param agent
 *            SNMP export, if it was asked for
 * @param controlSocket
 *            path of the control socket, if the file sets it
 */
public record GlobalSettings(Duration interval, Duration timeout, int prefork, LogSettings log,
        Optional<SnmpAgent> agent,
        Optional<String> controlSocket) {

    /**
     * What the daemon logs beside errors.
     *
     * @param stateChanges
     *            a line for each change of a host's state
     * @param hostChecks
     *            a line for each check of a host
     * @param connections
     *            which sessions of relays get a line
     */
    public record LogSettings(boolean stateChanges, boolean hostChecks, ConnectionLog connections) {}

    /** Which sessions of relays get a line. */
    public enum ConnectionLog {
        /** None. */
        NONE,
        /** Those that end with an error. */
        ERRORS,
        /** All. */
        ALL
    }

    /**
     * Connection to an SNMP master agent.
     *
     * @param path
     *            Unix socket of the master
     * @param context
     *            SNMP context, if one is set
     * @param trapsOnly
     *            whether only notifications are sent
     */
    public record SnmpAgent(String path, Optional<String> context, boolean trapsOnly) {}
}
