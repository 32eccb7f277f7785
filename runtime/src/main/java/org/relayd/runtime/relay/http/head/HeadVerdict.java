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
    MALFORMED(400, "malformed", "malformed header line"),
    /** A first line of a response that is not the grammar, or has a status that is not 100 to 599. */
    MALFORMED_STATUS_LINE(400, "malformed", "malformed status line"),
    /** A transfer coding other than a single {@code chunked}, which only the target could take off. */
    UNKNOWN_CODING(400, "malformed", "Transfer-Encoding is not chunked, once"),
    /** Two fields tell where the body ends. */
    LENGTH_AND_CODING(400, "malformed", "Transfer-Encoding and Content-Length"),
    /** Chunks from somebody who cannot know them. */
    CODING_OF_OLD(400, "malformed", "Transfer-Encoding in HTTP/1.0"),
    /** A method or status without a body, and a field that tells of one. */
    BODY_FORBIDDEN(400, "malformed", "body where none is allowed"),
    /** A second Host field. */
    MALFORMED_HEADER(400, "malformed header"),
    /** Host missing in HTTP/1.1 where the target does not name it, not an authority, or not that of the target. */
    MALFORMED_HOST(400, "malformed host"),
    /** Content-Length is not a decimal number or stands more than once. */
    LENGTH_INVALID(400, "invalid", "Content-Length is no number or stands twice"),
    /** Content-Length is over 2^63-1. */
    LENGTH_TOO_LARGE(400, "too large", "Content-Length is too large"),
    /** HTTP/1.0, a method that is about its body, and no Content-Length: only the close would tell where it ends. */
    LENGTH_REQUIRED(411, "length required"),
    /** More octets than {@code http headerlen} allows. */
    TOO_LARGE(413, "request headers too large", "response headers too large"),
    /** More lines than {@link MessageLimit#mostLines} allows. */
    TOO_MANY(413, "too many request headers", "too many response headers"),
    /** A request line without a version. */
    NO_VERSION(400, "missing HTTP version");

    private final int status;
    private final String reason;
    private final String rule;

    HeadVerdict(int status, String reason) {
        this(status, reason, reason);
    }

    HeadVerdict(int status, String reason, String rule) {
        this.status = status;
        this.reason = reason;
        this.rule = rule;
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

    /**
     * Returns the reason in the session line and on the page of a faulty request; empty if there is no fault.
     *
     * @param limit
     *            octets that its head may have, told if it has more
     */
    public String reason(int limit) {
        return told(reason, limit);
    }

    /** Returns which rule a faulty response breaks, for logs. */
    public String rule(int limit) {
        return told(rule, limit);
    }

    private String told(String words, int limit) {
        return switch (this) {
            case TOO_LARGE -> words + ": " + MessageLimit.HEADERLEN.passed(limit);
            case TOO_MANY -> words + ": " + MessageLimit.LINES.passed(MessageLimit.mostLines(limit));
            case COMPLETE, INCOMPLETE, NO_METHOD, MALFORMED, MALFORMED_STATUS_LINE, UNKNOWN_CODING, LENGTH_AND_CODING, CODING_OF_OLD, BODY_FORBIDDEN, MALFORMED_HEADER, MALFORMED_HOST, LENGTH_INVALID, LENGTH_TOO_LARGE, LENGTH_REQUIRED, NO_VERSION
                    -> words;
        };
    }
}
