package org.relayd.ir.diagnostic;

/** Codes E08: what the machine or this version cannot do. */
public enum TargetCode implements DiagnosticCode {
    /** The construct is understood and not executed by this version. */
    NOT_SUPPORTED_YET("E0801", Severity.ERROR, "SUPPORT",
            "The configuration is valid, but this version of relayd cannot execute the construct; it refuses to start rather than ignore it.");

    private final String id;
    private final Severity severity;
    private final String section;
    private final String explanation;

    TargetCode(String id, Severity severity, String section, String explanation) {
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
