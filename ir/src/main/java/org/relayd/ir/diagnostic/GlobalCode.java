package org.relayd.ir.diagnostic;

/** Codes E10: global settings and the configuration as a whole. */
public enum GlobalCode implements DiagnosticCode {

    /** The global interval is negative. */
    INVALID_INTERVAL("E1001", Severity.ERROR, "GLOBAL CONFIGURATION",
            "The global interval is a number of seconds, 0 or more; to check hosts it must be at least 1."),
    /** The global timeout is negative. */
    INVALID_TIMEOUT("E1002", Severity.ERROR, "GLOBAL CONFIGURATION",
            "The global timeout is a number of milliseconds, 0 or more."),
    /** A check may take longer than the time between checks. */
    TIMEOUT_EXCEEDS_INTERVAL("E1003", Severity.ERROR, "GLOBAL CONFIGURATION",
            "A check must end before the next one begins: the global timeout, in milliseconds, must be shorter than "
                    + "the global interval, in seconds."),
    /** The number of preforked relays is out of range. */
    PREFORK_RANGE("E1004", Severity.ERROR, "GLOBAL CONFIGURATION",
            "prefork lies between 1 and 32."),
    /** A path or context is too long. */
    PATH_TOO_LONG("E1005", Severity.ERROR, "GLOBAL CONFIGURATION",
            "A path has 1023 bytes at most, the path of the control socket 107, that of "
                    + "the socket of an SNMP agent 103 and an SNMP context 31."),
    /** Nothing is configured. */
    NO_ACTIONS("E1006", Severity.ERROR, "GLOBAL CONFIGURATION",
            "A configuration needs at least one redirection, relay or router."),
    /** Something else than on stands after extensions. */
    INVALID_EXTENSIONS("E1007", Severity.ERROR, "EXTENSIONS",
            "The only word behind extensions is on; without that line there are no extensions."),
    /** A word that OpenBSD does not have, where none is wanted. */
    EXTENSION("E1008", Severity.ERROR, "EXTENSIONS",
            "OpenBSD has no such statement. Write extensions on, as a line outside of sections, to use it all the "
                    + "same; the file does not load on OpenBSD then, and relayd-compile --strict-compat refuses it.");

    private final Entry entry;

    GlobalCode(String id, Severity severity, String section, String explanation) {
        entry = new Entry(id, severity, section, explanation);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
