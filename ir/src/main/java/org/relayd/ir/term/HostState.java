package org.relayd.ir.term;

/** What health checks know about a host. */
public enum HostState {
    /** Never checked, or not checked any more because it was disabled. */
    UNKNOWN("unknown", 0),
    /** The last check that counted succeeded. */
    UP("up", 1),
    /** The last check that counted failed. */
    DOWN("down", -1);

    private final String word;
    private final int number;

    HostState(String word, int number) {
        this.word = word;
        this.number = number;
    }

    /** Returns the word of log lines and relayctl(8). */
    public String word() {
        return word;
    }

    /** Returns the number that SNMP notifications carry. */
    public int number() {
        return number;
    }
}
