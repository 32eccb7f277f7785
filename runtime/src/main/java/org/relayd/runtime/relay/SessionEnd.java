package org.relayd.runtime.relay;

import org.relayd.ir.term.Dialect;

/**
 * Why a session ended, in the words of the session line.
 *
 * @param text
 *            the reason
 * @param detail
 *            what is added behind a colon to a warning; empty for an end without error
 */
public record SessionEnd(String text, String detail) {
    /** One side has closed and all bytes are written. */
    public static final SessionEnd DONE = new SessionEnd("done", "");
    /** Nothing was read or written for the session timeout. */
    public static final SessionEnd IDLE = new SessionEnd("buffer event timeout", "Operation timed out");
    /** The same, while the kernel moved the bytes. */
    public static final SessionEnd SPLICE_IDLE = new SessionEnd("splice timeout", "Operation timed out");
    /** The target did not answer the connect. */
    public static final SessionEnd CONNECT_TIMEOUT = new SessionEnd("connect timeout", "Operation timed out");
    /** No descriptor for the connection to the target became free. */
    public static final SessionEnd EXHAUSTED = new SessionEnd("connection timed out", "Too many open files");
    /** There is no target, or connecting failed at once. */
    public static final SessionEnd FAILED = new SessionEnd("session failed", "No route to host");
    /** The packet filter does not know where the client wanted to go, and there is no other target. */
    public static final SessionEnd NAT_LOOKUP = new SessionEnd("session NAT lookup failed", "No route to host");
    /** The target is the relay itself. */
    public static final SessionEnd LOOP = new SessionEnd("session aborted", "Too many levels of connections");

    /** The daemon ends, or a reload took the relay away a session timeout ago; such sessions leave no line. */
    public static final SessionEnd STOPPED = new SessionEnd("relay stopped", "Operation canceled");

    /** A fault of relayd; the details are on standard error. */
    public static final SessionEnd INTERNAL = broken("internal error");

    /** The connection of one side broke. */
    public static SessionEnd broken(String systemText) {
        return new SessionEnd(systemText, systemText);
    }

    /** The target refused, or could not be reached; dialect 5.1 does not say why. */
    public static SessionEnd socketError(String systemText, Dialect dialect) {
        return switch (dialect) {
            case V5_1 -> new SessionEnd("socket error", systemText);
            case CURRENT -> new SessionEnd("socket error: " + systemText, systemText);
        };
    }

    /** True if the session line is a warning where the dialect makes that difference. */
    public boolean isError() {
        return !detail.isEmpty();
    }
}
