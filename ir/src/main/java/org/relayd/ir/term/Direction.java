package org.relayd.ir.term;

/** Side that a protocol rule looks at. */
public enum Direction implements Word {
    /** From the client. */
    REQUEST("request"),
    /** From the target. */
    RESPONSE("response");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
