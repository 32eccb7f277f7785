package org.relayd.ir.term;

/** How the next host of a table is chosen. relayd.conf(5): {@code mode}. */
public enum SchedulingMode implements Word {
    /** One host after the other; the default. */
    ROUNDROBIN("roundrobin"),
    /** By a hash of client address, listen address and port; relays only. */
    LOADBALANCE("loadbalance"),
    /** By a hash of listen address and port and of hashed request values; relays only. */
    HASH("hash"),
    /** By a hash of the client address. */
    SOURCE_HASH("source-hash"),
    /** By chance. */
    RANDOM("random"),
    /** The host with the fewest states; redirections only. */
    LEAST_STATES("least-states");

    private final String word;

    SchedulingMode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
