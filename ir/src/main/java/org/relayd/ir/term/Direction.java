package org.relayd.ir.term;

/** Side that a protocol rule looks at. */
public enum Direction {
    /** From the client. */
    REQUEST("request"),
    /** From the target. */
    RESPONSE("response");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    /** Returns the word of relayd.conf(5). */
    public String word() {
        return word;
    }
}
