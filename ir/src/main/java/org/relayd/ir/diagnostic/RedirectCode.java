package org.relayd.ir.diagnostic;

/** Codes E04: redirections. */
public enum RedirectCode implements DiagnosticCode {
    /** Two redirections have one name. */
    REDIRECT_DEFINED_TWICE("E0401", Severity.ERROR, "REDIRECTIONS", "Each redirection needs a name of its own.");

    private final String id;
    private final Severity severity;
    private final String section;
    private final String explanation;

    RedirectCode(String id, Severity severity, String section, String explanation) {
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
