package org.relayd.compiler.check.state;

import java.nio.charset.StandardCharsets;

/** Greatest lengths, in bytes without the terminating NUL, and other bounds of OpenBSD's relayd. */
public final class Limits {
    /** Name of a table, and of its use {@code NAME:PORT}. */
    public static final int TABLE_NAME = 63;
    /** Name of a redirection. */
    public static final int REDIRECT_NAME = 63;
    /** Name of a table in pf(4), and so of a redirection that shall be loaded into pf. */
    public static final int PF_TABLE_NAME = 31;
    /** Name of a protocol. */
    public static final int PROTOCOL_NAME = 63;
    /** Name of a relay, of a router, of a host. */
    public static final int LONG_NAME = 255;
    /** Packet filter tag and tag of a rule. */
    public static final int TAG = 63;
    /** Label of a rule. */
    public static final int LABEL = 1023;
    /** Label of a route. */
    public static final int ROUTE_LABEL = 31;
    /** Name of an interface or interface group. */
    public static final int INTERFACE_NAME = 15;
    /** A path. */
    public static final int PATH = 1023;
    /** Path of a Unix socket, on BSD. */
    public static final int SOCKET_PATH = 103;
    /** Path of the control socket: what sun_path of Linux holds; 103 on BSD. */
    public static final int CONTROL_SOCKET_PATH = 107;
    /** Context of SNMP. */
    public static final int SNMP_CONTEXT = 31;
    /** List of ciphers. */
    public static final int CIPHERS = 767;
    /** List of curves, name of DH parameters. */
    public static final int CURVES = 127;
    /** Addresses that one listen line of a redirection takes from a name. */
    public static final int LISTEN_ADDRESSES = 16;
    /** Hosts in a table of a relay. */
    public static final int RELAY_HOSTS = 32;

    private Limits() {}

    /** Returns whether a text has more bytes than a limit. */
    public static boolean exceeds(String text, int limit) {
        // Three bytes of UTF-8 for a char at most: the common case is decided without encoding.
        return text.length() > limit
                || (text.length() * 3 > limit && text.getBytes(StandardCharsets.UTF_8).length > limit);
    }
}
