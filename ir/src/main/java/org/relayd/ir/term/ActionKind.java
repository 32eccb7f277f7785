package org.relayd.ir.term;

/** What a 5.1 protocol action does. relayd.conf(5) of 5.1: PROTOCOLS. */
public enum ActionKind implements Word {
    /** Appends a value to an entity. */
    APPEND("append"),
    /** Replaces an entity. */
    CHANGE("change"),
    /** Drops an entity. */
    REMOVE("remove"),
    /** Refuses messages without a matching entity. */
    EXPECT("expect"),
    /** Refuses messages with a matching entity. */
    FILTER("filter"),
    /** Feeds the value to the load balancing hash. */
    HASH("hash"),
    /** Logs the entity. */
    LOG("log"),
    /** Marks the session. */
    MARK("mark");

    private final String word;

    ActionKind(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
