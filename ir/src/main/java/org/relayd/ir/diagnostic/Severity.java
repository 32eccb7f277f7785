package org.relayd.ir.diagnostic;

/** How much a diagnostic weighs. Errors refuse the configuration, everything else does not. */
public enum Severity {
    /** The configuration is refused. */
    ERROR("error"),
    /** Probably not what was meant, or not portable to OpenBSD. */
    WARNING("warning"),
    /** A fact the original prints and that has no weight. */
    NOTE("note"),
    /** Something that can be written better. */
    HINT("hint");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** Returns the word used in output and in JSON. */
    public String word() {
        return word;
    }
}
