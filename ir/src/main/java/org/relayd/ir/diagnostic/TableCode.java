package org.relayd.ir.diagnostic;

/** Codes E03: tables, hosts and health checks. */
public enum TableCode implements DiagnosticCode {
    /** A forward names a table that is not defined above. */
    UNKNOWN_TABLE("E0301", Severity.ERROR, "TABLES",
            "A table must be defined above the first statement that forwards to it.");

    private final String id;
    private final Severity severity;
    private final String section;
    private final String explanation;

    TableCode(String id, Severity severity, String section, String explanation) {
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
