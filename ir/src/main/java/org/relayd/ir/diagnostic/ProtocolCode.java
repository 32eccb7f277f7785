package org.relayd.ir.diagnostic;

/** Codes E06: protocols, filter rules and 5.1 actions. */
public enum ProtocolCode implements DiagnosticCode {
    /** A relay names a protocol that is not defined above. */
    UNKNOWN_PROTOCOL("E0601", Severity.ERROR, "PROTOCOLS", "A protocol must be defined above the relays that use it.");

    private final String id;
    private final Severity severity;
    private final String section;
    private final String explanation;

    ProtocolCode(String id, Severity severity, String section, String explanation) {
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
