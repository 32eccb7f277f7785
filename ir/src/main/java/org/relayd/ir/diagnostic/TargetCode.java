package org.relayd.ir.diagnostic;

/** Codes E08: what the machine or this version cannot do. */
public enum TargetCode implements DiagnosticCode {
    /** The construct is understood and not executed by this version. */
    NOT_SUPPORTED_YET("E0801", Severity.ERROR, "SUPPORT",
            "The configuration is valid, but this version of relayd cannot execute the construct; it refuses to "
                    + "start rather than ignore it."),
    /** nftables has no means for it. */
    NFTABLES_CANNOT("E0802", Severity.ERROR, "REDIRECTIONS",
            "The packet filter of Linux cannot do what the redirection asks for. The numbers of hosts and tags "
                    + "share the 32 bits of a connection's mark."),
    /** nftables does it in another way than pf. */
    NFTABLES_DIFFERS("W0803", Severity.WARNING, "REDIRECTIONS",
            "The packet filter of Linux does part of the redirection in another way than pf does."),
    /** The kernel does less with a route than the router says. */
    ROUTE_DIFFERS("W0804", Severity.WARNING, "ROUTERS",
            "The router is valid, but part of it has no effect in the routing table."),
    /** pf has no means for it. */
    PF_CANNOT("E0805", Severity.ERROR, "REDIRECTIONS",
            "The packet filter of OpenBSD and FreeBSD cannot hold what the redirection asks for; nftables of Linux "
                    + "may. A table there has a name of at most 31 bytes.");

    private final Entry entry;

    TargetCode(String id, Severity severity, String section, String explanation) {
        entry = new Entry(id, severity, section, explanation);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
