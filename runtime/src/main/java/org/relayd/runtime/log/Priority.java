package org.relayd.runtime.log;

/** How important a line is. syslog(3). */
public enum Priority {
    /** Something went wrong. */
    ERROR(3),
    /** Something happened. */
    INFO(6),
    /** How something happened. */
    DEBUG(7);

    private final int severity;

    Priority(int severity) {
        this.severity = severity;
    }

    /** Returns the severity of syslog(3), 0 to 7; smaller is more important. */
    public int severity() {
        return severity;
    }
}
