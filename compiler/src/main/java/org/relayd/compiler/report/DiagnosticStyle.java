package org.relayd.compiler.report;

/** How diagnostics are written. relayd(8): {@code --diagnostics}. */
public enum DiagnosticStyle {
    /** With the line, a caret and advice. */
    HUMAN("human"),
    /** One line each, and only those that OpenBSD's relayd has too. */
    CLASSIC("classic"),
    /** One JSON object each. */
    JSON("json");

    private final String word;

    DiagnosticStyle(String word) {
        this.word = word;
    }

    /** Returns the word of the command line. */
    public String word() {
        return word;
    }
}
