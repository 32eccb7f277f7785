package org.relayd.compiler.check.state;

import java.time.Duration;
import java.util.Optional;
import org.relayd.ir.config.GlobalSettings;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.GlobalSettings.LogSettings;
import org.relayd.ir.config.GlobalSettings.SnmpAgent;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/**
 * The global settings as they stand at the line being checked: tables are compared with them where they are defined and
 * used, not with the last values of the file. relayd.conf(5): GLOBAL CONFIGURATION.
 */
public final class GlobalsInEffect {
    private long interval = 10;
    private long timeout = 200;
    private int prefork;
    private boolean stateChanges;
    private boolean hostChecks;
    private ConnectionLog connections = ConnectionLog.NONE;
    private Optional<SnmpAgent> agent = Optional.empty();
    private Optional<String> controlSocket = Optional.empty();
    private Optional<Span> timing = Optional.empty();

    /** Begins with the defaults of a dialect. */
    public GlobalsInEffect(Dialect dialect) {
        prefork = switch (dialect) {
            case V5_1 -> 5;
            case CURRENT -> 3;
        };
    }

    /** Returns the seconds between health checks; 0 is possible and refused at the end. */
    public long interval() {
        return interval;
    }

    /** Returns the milliseconds that a check may take. */
    public long timeout() {
        return timeout;
    }

    /** Returns the last line that set interval or timeout. */
    public Optional<Span> timing() {
        return timing;
    }

    /** Sets the seconds between health checks. */
    public void interval(long seconds, Span line) {
        interval = seconds;
        timing = Optional.of(line);
    }

    /** Sets the milliseconds that a check may take. */
    public void timeout(long milliseconds, Span line) {
        timeout = milliseconds;
        timing = Optional.of(line);
    }

    /** Sets the number of relay processes, 1 to 32. */
    public void prefork(int processes) {
        prefork = processes;
    }

    /** Switches on log lines for changes of host states. */
    public void logStateChanges() {
        stateChanges = true;
    }

    /** Switches on log lines for all checks. */
    public void logHostChecks() {
        hostChecks = true;
    }

    /** Switches on log lines for sessions; nothing is switched off again. */
    public void logConnections(ConnectionLog kind) {
        if (kind.compareTo(connections) > 0) {
            connections = kind;
        }
    }

    /** Sets the SNMP export. */
    public void agent(SnmpAgent value) {
        agent = Optional.of(value);
    }

    /** Sets the path of the control socket. */
    public void controlSocket(String path) {
        controlSocket = Optional.of(path);
    }

    /** Returns the settings at this line as a value. */
    public GlobalSettings settings() {
        return new GlobalSettings(Duration.ofSeconds(interval), Duration.ofMillis(timeout), prefork,
                new LogSettings(stateChanges, hostChecks, connections), agent, controlSocket);
    }
}
