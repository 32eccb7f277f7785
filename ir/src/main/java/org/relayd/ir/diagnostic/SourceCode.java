package org.relayd.ir.diagnostic;

/** Codes E01: files, macros and includes. */
public enum SourceCode implements DiagnosticCode {
    /** A file cannot be opened or read. */
    UNREADABLE_FILE("E0101", Severity.ERROR, "DESCRIPTION", "The file does not exist or cannot be read by this user."),
    /** A macro is used that no line above defines. */
    UNDEFINED_MACRO("E0102", Severity.ERROR, "MACROS",
            "A macro must be defined above its use, or on the command line with -D name=value.");

    private final String id;
    private final Severity severity;
    private final String section;
    private final String explanation;

    SourceCode(String id, Severity severity, String section, String explanation) {
        this.id = id;
        this.severity = severity;
        this.section = section;
        this.explanation = explanation;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Severity severity() {
        return severity;
    }

    @Override
    public String section() {
        return section;
    }

    @Override
    public String explanation() {
        return explanation;
    }
}
