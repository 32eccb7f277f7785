package org.relayd.ir.diagnostic;

/** Codes E07: routers. */
public enum RouterCode implements DiagnosticCode {
    /** A router has no route line. */
    ROUTER_WITHOUT_ROUTES("E0701", Severity.ERROR, "ROUTERS", "A router needs at least one route line."),
    /** Two routers have one name. */
    ROUTER_DEFINED_TWICE("E0702", Severity.ERROR, "ROUTERS",
            "Each router needs a name of its own."),
    /** The name of a router is too long. */
    ROUTER_NAME_TOO_LONG("E0703", Severity.ERROR, "ROUTERS",
            "The name of a router has 255 bytes at most."),
    /** The routes of a router belong to two families. */
    ROUTE_FAMILY("E0704", Severity.ERROR, "ROUTERS",
            "All routes of a router are IPv4 or all are IPv6."),
    /** A router has two forward lines. */
    ROUTER_TABLE_TWICE("E0705", Severity.ERROR, "ROUTERS",
            "A router has one table of gateways."),
    /** A routing table number is out of range. */
    INVALID_RTABLE("E0706", Severity.ERROR, "ROUTERS",
            "A routing table has a number from 0 to 255."),
    /** A router has two routing tables. */
    RTABLE_TWICE("E0707", Severity.ERROR, "ROUTERS",
            "A router works on one routing table."),
    /** A route label is too long. */
    ROUTE_LABEL_TOO_LONG("E0708", Severity.ERROR, "ROUTERS",
            "A route label has 31 bytes at most."),
    /** A prefix length is out of range. */
    ROUTE_PREFIX("E0709", Severity.ERROR, "ROUTERS",
            "A prefix has 0 to 32 bits for IPv4 and 0 to 128 bits for IPv6."),
    /** A router is disabled. */
    ROUTER_DISABLE("E0710", Severity.ERROR, "ROUTERS",
            "A router cannot be disabled. The word is in OpenBSD's grammar, where it crashes the daemon."),
    /** A destination is no address. */
    ROUTE_DESTINATION("E0711", Severity.ERROR, "ROUTERS",
            "A destination is a numeric address or a name that resolves, with a prefix length."),
    /** A router has no forward line. */
    ROUTER_WITHOUT_GATEWAYS("E0712", Severity.ERROR, "ROUTERS",
            "Without a forward line a router has no gateways and would never change a route. OpenBSD checks such a "
                    + "configuration without complaint.");

    private final Entry entry;

    RouterCode(String id, Severity severity, String section, String explanation) {
        entry = new Entry(id, severity, section, explanation);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
