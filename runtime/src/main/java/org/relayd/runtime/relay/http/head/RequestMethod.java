package org.relayd.runtime.relay.http.head;

import java.util.Optional;

/**
 * The request methods that relays tell apart (relayd.conf(5): FILTER RULES, method). Names are compared exactly: case
 * matters (RFC 9110 9.1). Any other token is a method, too: its body is framed by its fields like that of most, and
 * nothing is known of it that would let it be sent twice.
 */
public enum RequestMethod {
    GET, HEAD, POST, PUT, DELETE, OPTIONS, TRACE, CONNECT, PROPFIND, PROPPATCH, MKCOL, COPY, MOVE, LOCK, UNLOCK,
    VERSION_CONTROL, REPORT, CHECKOUT, CHECKIN, UNCHECKOUT, MKWORKSPACE, UPDATE, LABEL,
    MERGE, BASELINE_CONTROL, MKACTIVITY, ORDERPATCH, ACL, MKREDIRECTREF, UPDATEREDIRECTREF, SEARCH, PATCH,
    MKCALENDAR,
    /** A method of another name, which {@link MessageHead#methodText} tells. */
    OTHER;

    private static final RequestMethod[] ALL = values();
    private static final byte[][] NAMES = names();

    /** Returns the names of all but {@link #OTHER}, which is the last. */
    private static byte[][] names() {
        byte[][] names = new byte[ALL.length - 1][];
        for (int i = 0; i < names.length; i++) {
            names[i] = Octets.of(ALL[i].text());
        }
        return names;
    }

    /** Returns the name as it stands in a request line. */
    public String text() {
        return name().replace('_', '-');
    }

    /** Returns whether a request of this method asks for no change (RFC 9110 9.2.1). */
    public boolean safe() {
        return this == GET || this == HEAD || this == OPTIONS || this == TRACE;
    }

    /**
     * Returns whether a request of this method may be sent a second time when a kept connection turns out to be closed:
     * it is idempotent (RFC 9110 9.2.2).
     */
    public boolean repeatable() {
        return safe() || this == PUT || this == DELETE;
    }

    /** Returns whether a request of this method means nothing without a body (RFC 9110 9.3, RFC 5789). */
    boolean needsBody() {
        return this == POST || this == PUT || this == PATCH;
    }

    /** Returns the method of that name, if it is known. */
    public static Optional<RequestMethod> of(String name) {
        byte[] octets = Octets.of(name);
        return Optional.of(of(octets, 0, octets.length)).filter(method -> method != OTHER);
    }

    /** Returns the method written in a range, which is not empty. The common ones stand first. */
    static RequestMethod of(byte[] bytes, int at, int length) {
        for (int i = 0; i < NAMES.length; i++) {
            byte[] name = NAMES[i];
            if (name.length == length && name[0] == bytes[at] && sameRest(name, bytes, at)) {
                return ALL[i];
            }
        }
        return OTHER;
    }

    private static boolean sameRest(byte[] name, byte[] bytes, int at) {
        for (int i = 1; i < name.length; i++) {
            if (name[i] != bytes[at + i]) {
                return false;
            }
        }
        return true;
    }
}
