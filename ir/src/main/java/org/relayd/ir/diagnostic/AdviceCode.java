package org.relayd.ir.diagnostic;

/** Codes W09: advice. Never an error unless asked for with -W error. */
public enum AdviceCode implements DiagnosticCode {
    /** Nothing in the file is served. */
    UNUSED_PROTOCOL("W0901", Severity.WARNING, "PROTOCOLS", "No relay uses this protocol.");

    private final String id;
    private final Severity severity;
    private final String section;
    private final String explanation;

    AdviceCode(String id, Severity severity, String section, String explanation) {
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
