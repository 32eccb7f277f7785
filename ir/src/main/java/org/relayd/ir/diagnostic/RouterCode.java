package org.relayd.ir.diagnostic;

/** Codes E07: routers. */
public enum RouterCode implements DiagnosticCode {
    /** A router has no route line. */
    ROUTER_WITHOUT_ROUTES("E0701", Severity.ERROR, "ROUTERS", "A router needs at least one route line.");

    private final String id;
    private final Severity severity;
    private final String section;
    private final String explanation;

    RouterCode(String id, Severity severity, String section, String explanation) {
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
