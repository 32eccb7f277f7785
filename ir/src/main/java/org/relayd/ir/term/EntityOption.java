package org.relayd.ir.term;

/** What a filter rule does with an entity that it names. */
public enum EntityOption implements Word {
    /** Adds a value. */
    APPEND("append"),
    /** Replaces the value. */
    SET("set"),
    /** Drops the entity. */
    REMOVE("remove"),
    /** Feeds the value to the load balancing hash. */
    HASH("hash"),
    /** Logs the entity. */
    LOG("log"),
    /** Drops leading components of the path. */
    STRIP("strip");

    private final String word;

    EntityOption(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
