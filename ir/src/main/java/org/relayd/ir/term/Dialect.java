package org.relayd.ir.term;

/** The two dialects of relayd.conf(5) that matter; told apart per statement. */
public enum Dialect {
    /** OpenBSD 5.1 and its relatives of 2012 and 2013. */
    V5_1("5.1"),
    /** OpenBSD since the filter rules of December 2014, up to today. */
    CURRENT("current");

    private final String word;

    Dialect(String word) {
        this.word = word;
    }

    /** Returns the name used with --dialect. */
    public String word() {
        return word;
    }
}
