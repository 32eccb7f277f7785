package org.relayd.ir.diagnostic;

/** Codes E02: syntax. */
public enum SyntaxCode implements DiagnosticCode {
    /** The words do not form a statement. */
    SYNTAX_ERROR("E0201", Severity.ERROR, "DESCRIPTION",
            "The words at this place do not form a statement of relayd.conf(5)."),
    /** A number does not fit 64 bits. */
    INVALID_NUMBER("E0202", Severity.ERROR, "DESCRIPTION",
            "Numbers lie between -9223372036854775808 and 9223372036854775807."),
    /** A statement of the other dialect than the one chosen. */
    FOREIGN_STATEMENT("E0203", Severity.ERROR, "DESCRIPTION",
            "The statement exists in the other dialect of relayd.conf(5) only. Choose the dialect with --dialect, "
                    + "or write what the help line says."),
    /** What the original prints after it has already named the fault. */
    AFTER_FAULT("E0204", Severity.ERROR, "DESCRIPTION",
            "The statement could not be read because of the error in front of this line."),
    /** A statement is longer than any sensible one. */
    STATEMENT_TOO_LONG("E0205", Severity.ERROR, "DESCRIPTION",
            "A statement, a section with its braces for one, may have a million words.");

    private final Entry entry;

    SyntaxCode(String id, Severity severity, String section, String explanation) {
        entry = new Entry(id, severity, section, explanation);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
