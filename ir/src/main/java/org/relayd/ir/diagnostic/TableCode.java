package org.relayd.ir.diagnostic;

/** Codes E03: tables, hosts and health checks. */
public enum TableCode implements DiagnosticCode {
    /** A forward names a table that is not defined above. */
    UNKNOWN_TABLE("E0301", Severity.ERROR, "TABLES",
            "A table must be defined above the first statement that forwards to it."),
    /** A check that does not exist. */
    INVALID_CHECK_TYPE("E0302", Severity.ERROR, "TABLES",
            "Health checks are icmp, tcp, tls, http, https, send, binary send and script."),
    /** Two tables have one name. */
    TABLE_DEFINED_TWICE("E0303", Severity.ERROR, "TABLES",
            "Each table needs a name of its own. Names of the form NAME:PORT are also taken by the uses of table "
                    + "NAME."),
    /** The name of a table, or of its use, is too long. */
    TABLE_NAME_TOO_LONG("E0304", Severity.ERROR, "TABLES",
            "The name of a table has 63 bytes at most, and so has NAME:PORT, the name of its use in a forward line."),
    /** A table has no list of hosts. */
    TABLE_WITHOUT_HOSTS("E0305", Severity.ERROR, "TABLES",
            "A table needs a list of hosts in braces."),
    /** A host is no address and no name that resolves. */
    INVALID_HOST("E0306", Severity.ERROR, "TABLES",
            "A host is a numeric address, the name of a network interface or interface group, or a name that DNS or "
                    + "hosts(5) can resolve now. Prefixes, words like any and shortened addresses like 10.1 are "
                    + "none."),
    /** The number of a host option is out of range. */
    HOST_OPTION_RANGE("E0307", Severity.ERROR, "TABLES",
            "The numbers behind retry, parent and ip ttl must not be negative; priority is 0 to 63."),
    /** A host option is given twice. */
    HOST_OPTION_TWICE("E0308", Severity.ERROR, "TABLES",
            "Each option of a host can be given once."),
    /** A host follows a host that cannot be followed. */
    INVALID_PARENT("E0309", Severity.ERROR, "TABLES",
            "The number behind parent is the id of another host, counted over all uses of tables in the order of "
                    + "the forward lines, as relayctl show hosts prints it. The parent must exist, must be another "
                    + "host and must not have a parent itself."),
    /** The timeout of a table is negative. */
    INVALID_TIMEOUT("E0310", Severity.ERROR, "TABLES",
            "The time limit of a check is a number of milliseconds, 0 or more."),
    /** A check may take longer than the time between checks. */
    TIMEOUT_EXCEEDS_INTERVAL("E0311", Severity.ERROR, "TABLES",
            "A check must end before the next one begins: the timeout of a table, in milliseconds, must be shorter "
                    + "than the global interval, in seconds, even if the table has a longer interval of its own."),
    /** The interval of a table does not fit the global one. */
    TABLE_INTERVAL("E0312", Severity.ERROR, "TABLES",
            "The interval of a table must be a multiple of the global interval, and at least as long."),
    /** A use of a table belongs to nothing. */
    UNUSED_TABLE("E0313", Severity.ERROR, "TABLES",
            "The statement that uses the table was refused, so the table is left without use."),
    /** The status of an HTTP check is not positive. */
    INVALID_HTTP_CODE("E0314", Severity.ERROR, "TABLES",
            "The wanted status of an HTTP check is a number above 0, such as 200."),
    /** A digest has the wrong length. */
    INVALID_DIGEST("E0315", Severity.ERROR, "TABLES",
            "A digest is written as 40 hex digits (SHA1) or 32 hex digits (MD5)."),
    /** The pattern of a check is too long. */
    EXPECT_TOO_LONG("E0316", Severity.ERROR, "TABLES",
            "The pattern behind expect has 255 bytes at most, in dialect 5.1 63; binary data has 127."),
    /** The path of a check script is too long. */
    SCRIPT_PATH_TOO_LONG("E0317", Severity.ERROR, "TABLES",
            "A path has 1023 bytes at most."),
    /** The data of a binary check is empty. */
    EMPTY_BINARY("E0318", Severity.ERROR, "TABLES",
            "Binary data is written as pairs of hex digits, at least one. To send nothing write nothing."),
    /** The data of a binary check is not made of hex digits. */
    INVALID_BINARY("E0319", Severity.ERROR, "TABLES",
            "Binary data is written as pairs of hex digits."),
    /** The name of a demotion group is too long. */
    DEMOTE_GROUP_TOO_LONG("E0320", Severity.ERROR, "TABLES",
            "The name of an interface group has 15 bytes at most."),
    /** A demotion group does not exist. */
    UNKNOWN_DEMOTE_GROUP("E0321", Severity.ERROR, "TABLES",
            "The group behind demote must exist when the configuration is loaded."),
    /** A port number is out of range. */
    INVALID_PORT("E0322", Severity.ERROR, "REDIRECTIONS",
            "A port number lies between 1 and 65535, in dialect 5.1 between 1 and 65534."),
    /** A port name is not known. */
    UNKNOWN_SERVICE("E0323", Severity.ERROR, "REDIRECTIONS",
            "A port name must be found in services(5), for tcp or for udp."),
    /** No port is known for a table, or it is a range. */
    TABLE_PORT("E0324", Severity.ERROR, "TABLES",
            "The port of a table is one port. Where it is not written it is that of the first listen line above (in "
                    + "a relay: of the last one), so the listen line must stand above."),
    /** A scheduling mode does not work here. */
    MODE_NOT_SUPPORTED("E0325", Severity.ERROR, "TABLES",
            "Relays choose hosts by roundrobin, random, source-hash, loadbalance or hash; redirections by "
                    + "roundrobin, random, source-hash or least-states (in dialect 5.1 by roundrobin or "
                    + "least-states)."),
    /** A hash key is given to a mode that does not hash. */
    HASH_KEY_NOT_SUPPORTED("E0326", Severity.ERROR, "TABLES",
            "A key is used by the modes hash, loadbalance and source-hash only."),
    /** A forward line has two hash keys. */
    HASH_KEY_TWICE("E0327", Severity.ERROR, "TABLES",
            "One forward line has one hash key at most."),
    /** A hexadecimal hash key is not well formed. */
    HASH_KEY_HEX("E0328", Severity.ERROR, "TABLES",
            "A key that begins with 0x is followed by exactly 32 hex digits. Any other text is a key as it stands."),
    /** A name that a check shall ask for is none of DNS. */
    INVALID_DNS_NAME("E0329", Severity.ERROR, "EXTENSIONS",
            "The name that check dns asks for has labels of 1 to 63 letters, digits, hyphens and underscores with "
                    + "dots between them, and 253 characters at most."),
    /** The address that a check expects is none. */
    INVALID_DNS_ADDRESS("E0330", Severity.ERROR, "EXTENSIONS",
            "What check dns expects is a numeric address without a scope, IPv4 or IPv6.");

    private final Entry entry;

    TableCode(String id, Severity severity, String section, String explanation) {
        entry = new Entry(id, severity, section, explanation);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
