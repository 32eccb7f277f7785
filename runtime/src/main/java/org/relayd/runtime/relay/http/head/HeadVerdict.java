package org.relayd.runtime.relay.http.head;

/**
 * What reading a head came to. The faults carry the words of the session line and the status of the error page
 * (relayd's own words, kept where the original has them).
 */
public enum HeadVerdict {
    /** The head is whole and well formed. */
    COMPLETE(0, ""),
    /** More octets are needed to tell. */
    INCOMPLETE(0, ""),
    /** The first line of a connection is empty. */
    NO_METHOD(406, "no method"),
    /** Not the grammar of RFC 9112: start line, field line or line end. */
    MALFORMED(400, "malformed"),
    /** A second Host field. */
    MALFORMED_HEADER(400, "malformed header"),
    /** Host missing in HTTP/1.1 where the target does not name it, not an authority, or not that of the target. */
    MALFORMED_HOST(400, "malformed host"),
    /** Content-Length is not a decimal number or stands more than once. */
    LENGTH_INVALID(400, "invalid"),
    /** Content-Length is over 2^63-1. */
    LENGTH_TOO_LARGE(400, "too large"),
    /** HTTP/1.0, a method that is about its body, and no Content-Length: only the close would tell where it ends. */
    LENGTH_REQUIRED(411, "length required"),
    /** More octets than {@code http headerlen} allows. */
    TOO_LARGE(413, "request headers too large"),
    /** A request line without a version. */
    NO_VERSION(400, "missing HTTP version");

    private final int status;
    private final String reason;

    HeadVerdict(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** Returns whether the message is refused: all but {@link #COMPLETE} and {@link #INCOMPLETE}. */
    public boolean isFault() {
        return status != 0;
    }

    /**
     * Status code of the answer to a faulty request; 0 if there is no fault. A faulty response is
     * always answered with 502.
     */
    public int status() {
        return status;
    }

    /** Returns the reason in the session line; empty if there is no fault. */
    public String reason() {
        return reason;
    }
}
