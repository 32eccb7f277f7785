package org.relayd.ir.term;

/** What a filter rule of the current dialect decides. */
public enum RuleVerdict {
    /** Nothing: only its options take effect. */
    MATCH("match"),
    /** The message goes on. */
    PASS("pass"),
    /** The message is refused. */
    BLOCK("block");

    private final String word;

    RuleVerdict(String word) {
        this.word = word;
    }

    /** Returns the word of relayd.conf(5). */
    public String word() {
        return word;
    }
}
