package org.relayd.ir.diagnostic;

/** Codes E05: relays. */
public enum RelayCode implements DiagnosticCode {
    /** A relay has nowhere to forward to. */
    RELAY_WITHOUT_TARGET("E0501", Severity.ERROR, "RELAYS", "A relay needs at least one forward line.");

    private final String id;
    private final Severity severity;
    private final String section;
    private final String explanation;

    RelayCode(String id, Severity severity, String section, String explanation) {
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
