package org.relayd.ir.term;

/** What a filter rule of the current dialect decides. */
public enum RuleVerdict implements Word {
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

    @Override
    public String word() {
        return word;
    }
}
