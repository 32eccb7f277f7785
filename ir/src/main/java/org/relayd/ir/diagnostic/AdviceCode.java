package org.relayd.ir.diagnostic;

/** Codes W09: advice. Never an error unless asked for with -W error. */
public enum AdviceCode implements DiagnosticCode {
    /** Nothing in the file is served. */
    UNUSED_PROTOCOL("W0901", Severity.WARNING, "PROTOCOLS", "No relay uses this protocol."),
    /** A layout that OpenBSD refuses. */
    LAYOUT("W0902", Severity.WARNING, "DESCRIPTION",
            "Newlines and a last comma are free inside braces here. OpenBSD is stricter: a file with this layout does not load there."),
    /** The old word for TLS in the current dialect. */
    SSL_KEYWORD("W0903", Severity.WARNING, "RELAYS",
            "The keyword ssl was replaced by tls in 2014 and is understood until 2019 only."),
    /** A file that is not UTF-8. */
    ENCODING("W0904", Severity.WARNING, "DESCRIPTION",
            "The file is not valid UTF-8; its bytes were read as ISO 8859-1."),
    /** A global setting stands below a section. */
    LATE_GLOBAL("W0905", Severity.WARNING, "GLOBAL CONFIGURATION",
            "Global settings belong above the first section. Tables above a late one keep the value they were read with, prefork has no effect any more, and dialect 5.1 ignores late global settings altogether."),
    /** A name has more addresses than are used. */
    MORE_ADDRESSES("W0906", Severity.WARNING, "TABLES",
            "The name has more addresses than are used here. Hosts, relay listeners and targets take the first one, a listen line of a redirection takes 16."),
    /** Both dialects in one file. */
    MIXED_DIALECTS("W0907", Severity.WARNING, "DESCRIPTION",
            "The file has statements of dialect 5.1 and of the current dialect. No OpenBSD release loads it. Defaults are those of the current dialect."),
    /** Works here, is refused by OpenBSD. */
    NOT_PORTABLE("W0908", Severity.WARNING, "DESCRIPTION",
            "relayd accepts this; OpenBSD refuses it."),
    /** A number is cut to the size of its field. */
    VALUE_CUT("W0909", Severity.WARNING, "TABLES",
            "The number does not fit where OpenBSD keeps it, and is cut there without a word. The cut value is used here too."),
    /** A mode is taken over from a line above. */
    CARRIED_MODE("W0910", Severity.WARNING, "TABLES",
            "In dialect 5.1 a forward line without mode has the mode of the forward line above it, even across sections."),
    /** A port is 0. */
    PORT_ZERO("W0911", Severity.WARNING, "REDIRECTIONS",
            "Port 0 means no port. OpenBSD accepts it if it is written in quotes."),
    /** The name of a table has a colon. */
    COLON_IN_TABLE_NAME("W0912", Severity.WARNING, "TABLES",
            "The use of table NAME on port PORT is named NAME:PORT. A table with a colon in its name can be mistaken for such a use."),
    /** A relay has a table of more than 32 hosts. */
    MANY_HOSTS("W0913", Severity.WARNING, "RELAYS",
            "OpenBSD checks this configuration without complaint, but its relays cannot start with a table of more than 32 hosts."),
    /** A router has no forward line. */
    NO_GATEWAYS("W0914", Severity.WARNING, "ROUTERS",
            "Without a forward line a router has no gateways and never changes a route."),
    /** A prefix is no IPv6 address. */
    INET6_PREFIX("W0915", Severity.WARNING, "RELAYS",
            "The text behind inet6 is no IPv6 address. OpenBSD does not notice and uses :: instead, and so does relayd."),
    /** The name of a redirection does not fit pf. */
    LONG_REDIRECT_NAME("W0916", Severity.WARNING, "REDIRECTIONS",
            "pf(4) tables, which are named like the redirection, have names of 31 bytes at most. With a longer name the daemon cannot start on BSD; nftables takes it."),
    /** A version of TLS that is gone. */
    DEAD_TLS_VERSION("W0917", Severity.WARNING, "PROTOCOLS",
            "SSL 2 and SSL 3 do not exist any more: the word is understood and does nothing. TLS 1.0 and 1.1 are offered only if the TLS library still has them."),
    /** TLS for a relay of datagrams. */
    TLS_OVER_UDP("W0918", Severity.WARNING, "RELAYS",
            "A dns protocol runs over UDP, where relayd speaks no TLS. OpenBSD checks this configuration without complaint, but cannot start."),
    /** A setting is overridden by a later line. */
    OVERRIDDEN("W0919", Severity.WARNING, "RELAYS",
            "Some settings of a forward line belong to the whole relay, and each forward line sets or clears them: the last line wins."),
    /** A rule names a kind of entity without a key. */
    ENTITY_WITHOUT_KEY("W0920", Severity.WARNING, "FILTER RULES",
            "Without a key the rule matches any header or cookie."),
    /** A label is not ended inside its protocol. */
    LABEL_LEAK("W0921", Severity.WARNING, "PROTOCOLS",
            "In OpenBSD the label stays in force for the actions of later protocols. Here it ends with its protocol. Write no label at the end to be clear."),
    /** An action has mark and marked. */
    MARK_OVERWRITTEN("W0922", Severity.WARNING, "PROTOCOLS",
            "An action has one number for mark and marked. With both, the second number replaces the first: the action sets that mark."),
    /** A macro is never used. */
    UNUSED_MACRO("W0923", Severity.WARNING, "MACROS",
            "Nothing below the definition uses the macro."),
    /** A table is never used. */
    UNUSED_TABLE("W0924", Severity.WARNING, "TABLES",
            "No forward line uses the table, so its hosts are not checked."),
    /** An argument of -D is no definition. */
    MACRO_ARGUMENT("W0925", Severity.WARNING, "MACROS",
            "The argument of -D is a name, an equals sign and a value. Anything else is left out of account.");

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
    public boolean isClassic() {
        return this == UNUSED_PROTOCOL || this == MORE_ADDRESSES || this == SSL_KEYWORD;
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
