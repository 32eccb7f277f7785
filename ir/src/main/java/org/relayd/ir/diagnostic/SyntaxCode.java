package org.relayd.ir.diagnostic;

/** Codes E02: syntax. */
public enum SyntaxCode implements DiagnosticCode {
    /** The words do not form a statement. */
    SYNTAX_ERROR("E0201", Severity.ERROR, "DESCRIPTION",
            "The words at this place do not form a statement of relayd.conf(5).");

    private final String id;
    private final Severity severity;
    private final String section;
    private final String explanation;

    SyntaxCode(String id, Severity severity, String section, String explanation) {
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
