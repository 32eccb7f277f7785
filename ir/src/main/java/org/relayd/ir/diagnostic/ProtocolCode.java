package org.relayd.ir.diagnostic;

/** Codes E06: protocols, filter rules and 5.1 actions. */
public enum ProtocolCode implements DiagnosticCode {
    /** A relay names a protocol that is not defined above. */
    UNKNOWN_PROTOCOL("E0601", Severity.ERROR, "PROTOCOLS", "A protocol must be defined above the relays that use it."),
    /** A protocol type that does not exist. */
    INVALID_PROTOCOL_TYPE("E0602", Severity.ERROR, "PROTOCOLS",
            "The type in front of the word protocol is tcp, http or dns."),
    /** Two protocols have one name. */
    PROTOCOL_DEFINED_TWICE("E0603", Severity.ERROR, "PROTOCOLS",
            "Each protocol needs a name of its own; default is taken."),
    /** The name of a protocol is too long. */
    PROTOCOL_NAME_TOO_LONG("E0604", Severity.ERROR, "PROTOCOLS",
            "The name of a protocol has 63 bytes at most."),
    /** The number of a tcp setting is out of range. */
    TCP_VALUE_RANGE("E0605", Severity.ERROR, "PROTOCOLS",
            "The backlog lies between 0 and 512 (in dialect 5.1: 1024); buffer sizes and hop limits are not "
                    + "negative, hop limits 255 at most."),
    /** An ip setting does not exist. */
    INVALID_TCP_FLAG("E0606", Severity.ERROR, "PROTOCOLS",
            "Behind ip stands ttl or minttl."),
    /** A TLS setting does not exist. */
    INVALID_TLS_FLAG("E0607", Severity.ERROR, "PROTOCOLS",
            "The word is no version of TLS and no other TLS setting."),
    /** All versions of TLS are switched off. */
    NO_TLS_VERSION("E0608", Severity.ERROR, "PROTOCOLS",
            "At least one version of TLS must be left."),
    /** A text of a TLS setting is too long. */
    TLS_VALUE_TOO_LONG("E0609", Severity.ERROR, "PROTOCOLS",
            "A cipher list has 767 bytes at most, a path 1023, lists of curves and parameters 127."),
    /** A curve is not known. */
    INVALID_CURVES("E0610", Severity.ERROR, "PROTOCOLS",
            "Curves are named as in X25519MLKEM768, X25519, P-256 and P-384, separated by commas or colons; default "
                    + "stands for the usual ones."),
    /** The parameters of edh are not known. */
    INVALID_DH_PARAMS("E0611", Severity.ERROR, "PROTOCOLS",
            "The parameters of edh are none, auto or legacy."),
    /** The size of the session cache is negative. */
    SESSION_CACHE_RANGE("E0612", Severity.ERROR, "PROTOCOLS",
            "The size of the session cache is 0 or more."),
    /** An http setting stands in another protocol. */
    HTTP_PROTOCOL_ONLY("E0613", Severity.ERROR, "PROTOCOLS",
            "Settings behind http belong into an http protocol."),
    /** A tcp or tls setting stands in a dns protocol. */
    NOT_IN_DNS_PROTOCOL("E0614", Severity.ERROR, "PROTOCOLS",
            "A dns protocol runs over UDP: tcp and tls settings make no sense there."),
    /** headerlen is out of range. */
    HEADER_LENGTH_RANGE("E0615", Severity.ERROR, "PROTOCOLS",
            "headerlen lies between 0 and 131072 bytes."),
    /** A protocol has actions and rules. */
    MIXED_DIALECTS("E0616", Severity.ERROR, "PROTOCOLS",
            "Actions of dialect 5.1 and rules of the current dialect are evaluated in different ways. One protocol "
                    + "has either actions or rules."),
    /** An access log where there can be none. */
    ACCESS_LOG("E0617", Severity.ERROR, "EXTENSIONS",
            "An access log has a line for each HTTP request: only an http protocol has one, and it has one at most."),
    /** The path of an access log cannot be used. */
    ACCESS_LOG_FILE("E0618", Severity.ERROR, "EXTENSIONS",
            "The file of an access log is named with an absolute path of 1023 bytes at most; it is opened again at "
                    + "a reload, when the working directory may be another one."),
    /** The format of an access log is not known, or another one is used for the same file. */
    ACCESS_LOG_FORMAT("E0619", Severity.ERROR, "EXTENSIONS",
            "The formats are combined and json. Protocols that share a file have the same format."),
    /** A digest is asked for something else than a url. */
    DIGEST_TYPE("E0620", Severity.ERROR, "PROTOCOLS",
            "A digest is compared with urls only."),
    /** A mark is out of range. */
    MARK_RANGE("E0621", Severity.ERROR, "PROTOCOLS",
            "A mark lies between 1 and 65535."),
    /** A label is empty. */
    EMPTY_LABEL("E0622", Severity.ERROR, "PROTOCOLS",
            "A label has at least one character. To end a label write no label."),
    /** A file of keys cannot be read. */
    KEY_FILE("E0623", Severity.ERROR, "PROTOCOLS",
            "A file of keys cannot be read. Relative names are relative to the directory that relayd(8) was started "
                    + "in."),
    /** Nothing is left that both ends could agree on. */
    NOTHING_TO_OFFER("E0624", Severity.ERROR, "TLS options",
            "A relay that speaks TLS offers at least one version, at least one cipher unless its list names "
                    + "those of TLS 1.3, and at least one curve. Words of lists that the TLS library does not know do "
                    + "not count."),
    /** A rule looks for the url of a response. */
    RESPONSE_ENTITY("E0630", Severity.ERROR, "FILTER RULES",
            "A response has no path, no query and no url: such rules are for requests."),
    /** The addresses of a rule belong to two families. */
    RULE_ADDRESS_FAMILY("E0632", Severity.ERROR, "FILTER RULES",
            "inet or inet6, the address behind from and the address behind to must be of one family."),
    /** An HTTP method is not known. */
    UNKNOWN_METHOD("E0633", Severity.ERROR, "FILTER RULES",
            "HTTP methods are written in upper case, such as GET or POST; only those that relayd knows can be named."),
    /** An option does not work on this part of a message. */
    OPTION_FOR_TYPE("E0634", Severity.ERROR, "FILTER RULES",
            "Queries and urls can be matched, hashed and logged, not appended, set or removed."),
    /** A rule names a table that is not defined above. */
    UNKNOWN_FORWARD_TABLE("E0635", Severity.ERROR, "FILTER RULES",
            "A rule forwards to a table that is defined above; the relay needs a forward line with that table too."),
    /** A tag or label is empty or too long. */
    MARKING_TEXT("E0636", Severity.ERROR, "FILTER RULES",
            "A tag has 1 to 63 bytes, a label 1 to 1023."),
    /** A rule has two tags or labels. */
    MARKING_TWICE("E0637", Severity.ERROR, "FILTER RULES",
            "A rule has one tag, one tagged and one label at most."),
    /** A rule clears what no rule above sets. */
    NOTHING_TO_CLEAR("E0638", Severity.ERROR, "FILTER RULES",
            "no tag and no label take away what a rule above has set; no rule above sets one."),
    /** A rule has two files of keys. */
    SECOND_KEY_FILE("E0639", Severity.ERROR, "FILTER RULES",
            "A rule reads its keys from one file at most."),
    /** A prefix length is out of range. */
    INVALID_PREFIX("E0640", Severity.ERROR, "FILTER RULES",
            "A prefix has 0 to 32 bits for IPv4 and 0 to 128 bits for IPv6."),
    /** A pattern is malformed. */
    INVALID_PATTERN("E0641", Severity.ERROR, "FILTER RULES",
            "The text behind pattern is no pattern of patterns(7)."),
    /** The number of path strip is out of range. */
    STRIP_RANGE("E0642", Severity.ERROR, "FILTER RULES",
            "The number of leading components is 0 to 2147483647."),
    /** A header or cookie to append or set has wildcards in its name. */
    NAME_TO_WRITE("E0643", Severity.ERROR, "FILTER RULES",
            "Append and set write one header or cookie, so its name has no wildcards and is no pattern."),
    /** A header or cookie to write cannot be one. */
    FIELD_TO_WRITE("E0644", Severity.ERROR, "FILTER RULES",
            "The name of a header that is written has letters, digits and !#$%&'*+-.^_`|~ only, that of a cookie no"
                    + " blanks and none of =,;\", a value no control character but tab: others would end the field.");

    private final Entry entry;

    ProtocolCode(String id, Severity severity, String section, String explanation) {
        entry = new Entry(id, severity, section, explanation);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
