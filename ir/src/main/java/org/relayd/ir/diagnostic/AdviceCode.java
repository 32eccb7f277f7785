package org.relayd.ir.diagnostic;

/** Codes W09: advice. Never an error unless asked for with -W error. */
public enum AdviceCode implements DiagnosticCode {
    /** Nothing in the file is served. */
    UNUSED_PROTOCOL("W0901", Severity.WARNING, "PROTOCOLS", "No relay uses this protocol."),
    /** A layout that OpenBSD refuses. */
    LAYOUT("W0902", Severity.WARNING, "DESCRIPTION",
            "Newlines and a last comma are free inside braces here. OpenBSD is stricter: a file with this layout "
                    + "does not load there."),
    /** The old word for TLS in the current dialect. */
    SSL_KEYWORD("W0903", Severity.WARNING, "RELAYS",
            "The keyword ssl was replaced by tls in 2014 and is understood until 2019 only."),
    /** A file that is not UTF-8. */
    ENCODING("W0904", Severity.WARNING, "DESCRIPTION",
            "The file is not valid UTF-8; its bytes were read as ISO 8859-1."),
    /** A global setting stands below a section. */
    LATE_GLOBAL("W0905", Severity.WARNING, "GLOBAL CONFIGURATION",
            "Global settings belong above the first section. Tables above a late one keep the value they were read "
                    + "with, prefork has no effect any more, and dialect 5.1 ignores late global settings "
                    + "altogether."),
    /** A name has more addresses than are used. */
    MORE_ADDRESSES("W0906", Severity.WARNING, "TABLES",
            "The name has more addresses than are used here. Hosts, relay listeners and targets take the first one, "
                    + "a listen line of a redirection takes 16."),
    /** Both dialects in one file. */
    MIXED_DIALECTS("W0907", Severity.WARNING, "DESCRIPTION",
            "The file has statements of dialect 5.1 and of the current dialect. No OpenBSD release loads it. "
                    + "Defaults are those of the current dialect."),
    /** Works here, is refused by OpenBSD. */
    NOT_PORTABLE("W0908", Severity.WARNING, "DESCRIPTION",
            "relayd accepts this; OpenBSD refuses it."),
    /** A number is cut to the size of its field. */
    VALUE_CUT("W0909", Severity.WARNING, "TABLES",
            "The number does not fit where OpenBSD keeps it, and is cut there without a word. The cut value is used "
                    + "here too."),
    /** A mode is taken over from a line above. */
    CARRIED_MODE("W0910", Severity.WARNING, "TABLES",
            "In dialect 5.1 a forward line without mode has the mode of the forward line above it, even across "
                    + "sections."),
    /** A port is 0. */
    PORT_ZERO("W0911", Severity.WARNING, "REDIRECTIONS",
            "Port 0 means no port. OpenBSD accepts it if it is written in quotes."),
    /** The name of a table has a colon. */
    COLON_IN_TABLE_NAME("W0912", Severity.WARNING, "TABLES",
            "The use of table NAME on port PORT is named NAME:PORT. A table with a colon in its name can be "
                    + "mistaken for such a use."),
    /** A relay has a table of more than 32 hosts. */
    MANY_HOSTS("W0913", Severity.WARNING, "RELAYS",
            "OpenBSD checks this configuration without complaint, but its relays cannot start with a table of more "
                    + "than 32 hosts."),
    /** The name of a redirection does not fit pf. */
    LONG_REDIRECT_NAME("W0916", Severity.WARNING, "REDIRECTIONS",
            "pf(4) tables, which are named like the redirection, have names of 31 bytes at most. With a longer name "
                    + "the daemon cannot start on BSD; nftables takes it."),
    /** A version of TLS that is gone. */
    DEAD_TLS_VERSION("W0917", Severity.WARNING, "PROTOCOLS",
            "SSL 2 and SSL 3 do not exist any more: the word is understood and does nothing."),
    /** A setting is overridden by a later line. */
    OVERRIDDEN("W0919", Severity.WARNING, "RELAYS",
            "Some settings of a forward line belong to the whole relay, and each forward line sets or clears them: "
                    + "the last line wins."),
    /** A rule names a kind of entity without a key. */
    ENTITY_WITHOUT_KEY("W0920", Severity.WARNING, "FILTER RULES",
            "Without a key the rule matches any header or cookie."),
    /** A label is not ended inside its protocol. */
    LABEL_LEAK("W0921", Severity.WARNING, "PROTOCOLS",
            "In OpenBSD the label stays in force for the actions of later protocols. Here it ends with its "
                    + "protocol. Write no label at the end to be clear."),
    /** An action has mark and marked. */
    MARK_OVERWRITTEN("W0922", Severity.WARNING, "PROTOCOLS",
            "An action has one number for mark and marked. With both, the second number replaces the first: the "
                    + "action sets that mark."),
    /** A macro is never used. */
    UNUSED_MACRO("W0923", Severity.WARNING, "MACROS",
            "Nothing below the definition uses the macro."),
    /** A table is never used. */
    UNUSED_TABLE("W0924", Severity.WARNING, "TABLES",
            "No forward line uses the table, so its hosts are not checked."),
    /** An argument of -D is no definition. */
    MACRO_ARGUMENT("W0925", Severity.WARNING, "MACROS",
            "The argument of -D is a name, an equals sign and a value. Anything else is left out of account."),
    /** No reference can name the macro. */
    UNREFERABLE_MACRO("W0926", Severity.WARNING, "MACROS",
            "A reference ends at the first character that is no letter, digit or underscore, so a macro with "
                    + "another character in its name cannot be named."),
    /** The same hosts are checked twice in the same way. */
    CHECKED_TWICE("W0927", Severity.HINT, "TABLES",
            "Two forward lines use one table with one port and one check, and each line has hosts of its own that "
                    + "are checked on their own. Lines with the same timeout written on them share their hosts."),
    /** The port of a table depends on the order of lines. */
    SURPRISING_PORT("W0928", Severity.WARNING, "RELAYS",
            "A forward line without port takes the port of the last listen line above it. With several listen lines "
                    + "it is better to write the port."),
    /** A host follows a host of another table. */
    DISTANT_PARENT("W0929", Severity.WARNING, "TABLES",
            "The number behind parent counts the hosts of all uses of tables. In a second use of a table the parent "
                    + "is still the host of the first use."),
    /** Two listen lines want the same connections. */
    OVERLAPPING_LISTENERS("W0930", Severity.WARNING, "REDIRECTIONS",
            "Packets for this address and port are caught by one of the two only: the packet filter comes before "
                    + "relays, of two redirections the first one loaded wins, and of two relays the second one cannot "
                    + "start."),
    /** A rule is never reached. */
    UNREACHABLE_RULE("W0931", Severity.WARNING, "FILTER RULES",
            "A rule above is quick, has no conditions, and so ends the evaluation of every message that this rule "
                    + "could match."),
    /** Rules in a protocol that is not http. */
    RULES_NEVER_RUN("W0932", Severity.WARNING, "FILTER RULES",
            "Rules and actions look at HTTP messages. In a tcp or dns protocol they are read, and nothing else."),
    /** A rule asks for a tag that no rule sets. */
    TAG_NEVER_SET("W0933", Severity.WARNING, "FILTER RULES",
            "No rule of this protocol sets the tag, so the rule never matches."),
    /** A tag that no rule asks for. */
    TAG_NEVER_TESTED("W0934", Severity.HINT, "FILTER RULES",
            "No rule of this protocol asks for the tag."),
    /** A rule forwards to a table that the relay does not have. */
    TABLE_OF_NO_RELAY("W0935", Severity.WARNING, "FILTER RULES",
            "A rule can choose among the tables of the relay only. The relay needs a forward line with this table."),
    /** An action asks for a mark that no action sets. */
    MARK_NEVER_SET("W0936", Severity.WARNING, "PROTOCOLS",
            "No action of this protocol sets the mark, so the action never applies."),
    /** A gateway and the routes belong to two families. */
    GATEWAY_FAMILY("W0937", Severity.WARNING, "ROUTERS",
            "A gateway can only carry routes of its own address family."),
    /** Targets are not verified. */
    UNVERIFIED_TARGET("W0938", Severity.WARNING, "RELAYS",
            "Without tls ca file in the protocol, relayd accepts any certificate of a target: traffic is encrypted, "
                    + "but possibly to somebody else."),
    /** A secret can be read by others. */
    EXPOSED_SECRET("W0939", Severity.WARNING, "RELAYS",
            "A private key, or a configuration with a password in it, should be readable by its owner only."),
    /** Something that never happens. */
    NO_EFFECT("W0940", Severity.WARNING, "WARNINGS",
            "What is written here never happens: messages of this direction have no such part, the action works on "
                    + "headers only, another condition of the rule takes its place, nothing has this digest, the "
                    + "protocol is dns, which has no connections, TLS has no such choice any more, no relay of "
                    + "the protocol speaks TLS on the side that the setting is for, or a fixed address stands next "
                    + "to a table."),
    /** A setting under the name that it had between the dialects. */
    OLD_SPELLING("W0941", Severity.WARNING, "PROTOCOLS",
            "The setting is understood under its older name. Neither OpenBSD 5.1 nor today's reads it."),
    /** A reference to a macro inside quotes. */
    MACRO_IN_QUOTES("W0942", Severity.WARNING, "MACROS",
            "Macros are replaced outside quotes only. Inside, the dollar sign and the name stand for themselves."),
    /** A block that a later rule undoes. */
    BLOCK_UNDONE("W0943", Severity.WARNING, "FILTER RULES",
            "The last rule that fits decides. A pass without conditions fits everything, so the block above it, which "
                    + "is not quick, never takes effect."),
    /** Rules about websockets that are off, or rules that break them. */
    WEBSOCKETS("W0944", Severity.WARNING, "HTTP options",
            "Requests to change to the websocket protocol are refused without http websockets, whatever rules write; "
                    + "with it, they need the field Connection that they came with."),
    /** A tag of one request that holds for later ones of its connection. */
    STICKY_TAG("W0945", Severity.WARNING, "FILTER RULES",
            "A tag belongs to the session, not to the request: further requests of a kept connection carry the tag "
                    + "that an earlier one has got, until a rule sets another. A rule without conditions above all "
                    + "others that sets a tag of its own makes each request begin anew."),
    /** Versions of TLS that are not to be trusted. */
    WEAK_TLS_VERSION("W0946", Severity.WARNING, "TLS options",
            "TLS 1.0 and 1.1 have been given up (RFC 8996). They are spoken if the protocol asks for them, for clients "
                    + "and hosts that have nothing newer."),
    /** The TLS library cannot do it. */
    NOT_IN_TLS_LIBRARY("W0947", Severity.WARNING, "TLS options",
            "The TLS library of relayd, BoringSSL, has curves for key exchange and no finite fields, no RSA key "
                    + "transport, no ciphers older than AES, no choice among the ciphers of TLS 1.3, no "
                    + "renegotiation and no security levels. What asks for one of these is left out."),
    /** A word of a list of ciphers that does not exist. */
    UNKNOWN_CIPHER("W0948", Severity.WARNING, "TLS options",
            "No version of OpenSSL or LibreSSL has a cipher, or a word for several, of this name. Such words are left "
                    + "out of the list; upper and lower case are different."),
    /** A certificate is not good today. */
    CERTIFICATE_DATES("W0949", Severity.WARNING, "FILES",
            "relayd shows a certificate whatever its dates are; those who verify it will refuse it."),
    /** A certificate whose issuer's is not there. */
    INCOMPLETE_CHAIN("W0950", Severity.HINT, "FILES",
            "A server shows its own certificate and those of all authorities between it and one that clients know. "
                    + "Nothing is missing if clients know the authority that has signed it themselves."),
    /** Certificates that do not lead from one to the next. */
    CHAIN_ORDER("W0951", Severity.WARNING, "FILES",
            "In the file of a certificate each one is signed by the next one. Many clients put up with another order "
                    + "or with strange ones in between, others end the connection."),
    /** A keypair called like a host that its certificate is not for. */
    UNCOVERED_NAME("W0952", Severity.WARNING, "FILES",
            "Clients that ask for this host get this certificate, and refuse it: what counts are its alternative "
                    + "names. The second key of a host, RSA beside ECDSA, may be called otherwise."),
    /** A certificate for inspection that is no authority's. */
    NO_AUTHORITY("W0953", Severity.WARNING, "FILES",
            "The basic constraints of a certificate say whether it is that of an authority (CA:TRUE). Clients refuse "
                    + "what is signed by any other."),
    /** A certificate that no cipher goes with. */
    NO_CIPHER_FOR_KEY("W0954", Severity.WARNING, "TLS options",
            "Below TLS 1.3 a cipher says what the certificate signs with: ECDHE-ECDSA or ECDHE-RSA. Clients without "
                    + "TLS 1.3 cannot connect if the list has none for the key. Many tools make ECDSA keys today.");

    private final Entry entry;

    AdviceCode(String id, Severity severity, String section, String explanation) {
        entry = new Entry(id, severity, section, explanation);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
