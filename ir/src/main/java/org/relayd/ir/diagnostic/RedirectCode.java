package org.relayd.ir.diagnostic;

/** Codes E04: redirections. */
public enum RedirectCode implements DiagnosticCode {
    /** Two redirections have one name. */
    REDIRECT_DEFINED_TWICE("E0401", Severity.ERROR, "REDIRECTIONS", "Each redirection needs a name of its own."),
    /** The name of a redirection is too long. */
    REDIRECT_NAME_TOO_LONG("E0402", Severity.ERROR, "REDIRECTIONS",
            "The name of a redirection has 63 bytes at most; packet filters on BSD take 31."),
    /** A listen line names no usable address. */
    INVALID_VIRTUAL_IP("E0403", Severity.ERROR, "REDIRECTIONS",
            "A redirection listens on a numeric address, on the addresses of an interface or interface group, or on "
                    + "a name that DNS or hosts(5) can resolve now."),
    /** The name of an interface is too long. */
    INTERFACE_NAME_TOO_LONG("E0404", Severity.ERROR, "REDIRECTIONS",
            "The name of a network interface has 15 bytes at most."),
    /** An IP protocol is not known. */
    UNKNOWN_IP_PROTOCOL("E0405", Severity.ERROR, "REDIRECTIONS",
            "The word in front of port is a name of protocols(5), usually tcp or udp."),
    /** A table of a redirection has no check. */
    TABLE_WITHOUT_CHECK("E0406", Severity.ERROR, "REDIRECTIONS",
            "A redirection sends packets to hosts that are up, so each of its tables needs a check."),
    /** A redirection has a third table. */
    TOO_MANY_TABLES("E0407", Severity.ERROR, "REDIRECTIONS",
            "A redirection has one table, and one more that is used while no host of the first is up."),
    /** The backup table has another mode. */
    BACKUP_MODE("E0408", Severity.ERROR, "REDIRECTIONS",
            "The packet filter has one rule for both tables of a redirection, so both have one mode."),
    /** The backup table has another port. */
    BACKUP_PORT("E0409", Severity.ERROR, "REDIRECTIONS",
            "The packet filter has one rule for both tables of a redirection, so both have one port."),
    /** A redirection has no table. */
    REDIRECT_WITHOUT_TABLE("E0410", Severity.ERROR, "REDIRECTIONS",
            "A redirection needs a forward line."),
    /** A redirection listens nowhere. */
    REDIRECT_WITHOUT_LISTENER("E0411", Severity.ERROR, "REDIRECTIONS",
            "A redirection needs a listen line."),
    /** A redirection forwards transparently. */
    NO_TRANSPARENT_FORWARD("E0412", Severity.ERROR, "REDIRECTIONS",
            "A packet filter redirection keeps the client address anyway; transparent forward is for relays."),
    /** An interface stands where none is used. */
    SUPERFLUOUS_INTERFACE("E0413", Severity.ERROR, "REDIRECTIONS",
            "The interface of a forward line belongs to route to, and in dialect 5.1 to transparent forward of "
                    + "relays."),
    /** An interface is missing. */
    MISSING_INTERFACE("E0414", Severity.ERROR, "REDIRECTIONS",
            "With route to, packets leave through one interface, which must be named; so must the interface of "
                    + "transparent forward in dialect 5.1."),
    /** A packet filter tag is too long. */
    TAG_TOO_LONG("E0415", Severity.ERROR, "REDIRECTIONS",
            "A packet filter tag has 63 bytes at most."),
    /** A session timeout is out of range. */
    SESSION_TIMEOUT("E0416", Severity.ERROR, "REDIRECTIONS",
            "A session timeout is a number of seconds, from 0 to 2147483647.");

    private final Entry entry;

    RedirectCode(String id, Severity severity, String section, String explanation) {
        entry = new Entry(id, severity, section, explanation);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
