package org.relayd.ir.diagnostic;

/** Codes E05: relays. */
public enum RelayCode implements DiagnosticCode {
    /** A relay has nowhere to forward to. */
    RELAY_WITHOUT_TARGET("E0501", Severity.ERROR, "RELAYS", "A relay needs at least one forward line."),
    /** Two relays have one name or one listener. */
    RELAY_DEFINED_TWICE("E0502", Severity.ERROR, "RELAYS",
            "Each relay needs a name of its own, and an address and port of its own to listen on."),
    /** The name of a relay is too long. */
    RELAY_NAME_TOO_LONG("E0503", Severity.ERROR, "RELAYS",
            "The name of a relay has 255 bytes at most. Each further listen line makes a relay whose name is the "
                    + "name, a number and the port."),
    /** A listen line names no usable address. */
    INVALID_LISTEN_ADDRESS("E0504", Severity.ERROR, "RELAYS",
            "A relay listens on one address: numeric, that of an interface or interface group, or that of a name "
                    + "that can be resolved now."),
    /** A forward line names no usable address. */
    INVALID_FORWARD_ADDRESS("E0505", Severity.ERROR, "RELAYS",
            "A relay forwards to one address: numeric, that of an interface or interface group, or that of a name "
                    + "that can be resolved now."),
    /** A relay listens nowhere. */
    RELAY_WITHOUT_LISTENER("E0506", Severity.ERROR, "RELAYS",
            "A relay needs a listen line."),
    /** A relay looks for its target in two ways. */
    CONFLICTING_TARGETS("E0507", Severity.ERROR, "RELAYS",
            "The target comes from the packet filter (nat lookup) or from the address that the client connected to "
                    + "(destination), not from both."),
    /** A relay has two fixed targets. */
    SECOND_TARGET("E0508", Severity.ERROR, "RELAYS",
            "A relay has one fixed target address. Several hosts are put into a table."),
    /** A relay uses route to. */
    NO_ROUTE("E0509", Severity.ERROR, "RELAYS",
            "A relay ends connections itself, so it cannot route them; route to is for redirections."),
    /** Certificate, key or CA files cannot be read. */
    MISSING_CERTIFICATE("E0511", Severity.ERROR, "RELAYS",
            "A relay that speaks TLS with clients needs a certificate and a key: /etc/ssl/NAME:PORT.crt or "
                    + "/etc/ssl/NAME.crt and the same name with .key in /etc/ssl/private, where NAME is the numeric "
                    + "listen address or that of a keypair line. One that speaks TLS with targets needs the CA files "
                    + "of its protocol."),
    /** The files of a keypair cannot be read. */
    MISSING_KEYPAIR("E0512", Severity.ERROR, "RELAYS",
            "A keypair line names /etc/ssl/NAME:PORT.crt or /etc/ssl/NAME.crt and the same name with .key in "
                    + "/etc/ssl/private."),
    /** A relay names two protocols. */
    PROTOCOL_TWICE("E0513", Severity.ERROR, "RELAYS",
            "A relay speaks one protocol."),
    /** A number of retries is negative. */
    INVALID_RETRY("E0514", Severity.ERROR, "RELAYS",
            "The number of further connect attempts is 0 or more."),
    /** The text after inet6 is no IPv6 address. */
    INET6_PREFIX("E0515", Severity.ERROR, "RELAYS",
            "The text behind inet6 is an IPv6 address, in which the IPv4 address of a target is put. OpenBSD does "
                    + "not look at it and takes :: for any other text."),
    /** A relay for datagrams speaks TLS. */
    TLS_OVER_UDP("E0516", Severity.ERROR, "RELAYS",
            "A dns protocol runs over UDP, where relayd speaks no TLS. OpenBSD checks such a configuration without "
                    + "complaint and then cannot start."),
    /** A transparent relay has targets of another address family than its clients. */
    TRANSPARENT_FAMILY("E0517", Severity.ERROR, "RELAYS",
            "With transparent forward, the connection to the target comes from the client's address, so both are "
                    + "IPv4 or both are IPv6. A table with hosts of both families has to be divided, and the relay "
                    + "with it."),
    /** A certificate, key or CA file is there and of no use. */
    UNUSABLE_CERTIFICATE("E0518", Severity.ERROR, "RELAYS",
            "The file is there and the daemon could not start with it: it is no PEM, cut off or damaged, its key does "
                    + "not fit the certificate, is neither RSA nor EC of P-256, P-384 or P-521, or is encrypted with "
                    + "another password or without anybody who knows it. The certificate of a key is the first one "
                    + "of its file; those above it follow.");

    private final Entry entry;

    RelayCode(String id, Severity severity, String section, String explanation) {
        entry = new Entry(id, severity, section, explanation);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
