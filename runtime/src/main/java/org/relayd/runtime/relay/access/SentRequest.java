package org.relayd.runtime.relay.access;

/**
 * The parts of a request that are logged, just as the client sent them: the request line, the first Host, Referer and
 * User-Agent field, one after the other. A part that is not there has no octets.
 */
public final class SentRequest {
    /** Octets that are logged of what is no request. */
    public static final int MOST_RAW = 256;

    private final byte[] octets;
    private final int lineEnd;
    private final int hostEnd;
    private final int refererEnd;
    private final boolean wellFormed;

    private SentRequest(byte[] octets, int lineEnd, int hostEnd, int refererEnd, boolean wellFormed) {
        this.octets = octets;
        this.lineEnd = lineEnd;
        this.hostEnd = hostEnd;
        this.refererEnd = refererEnd;
        this.wellFormed = wellFormed;
    }

    /**
     * Returns a request whose line is a method, a blank, a target, a blank and a version.
     *
     * @param octets
     *            the parts; kept, not to be changed any more
     * @param lineEnd
     *            where the line ends, which begins at 0
     * @param hostEnd
     *            where Host ends
     * @param refererEnd
     *            where Referer ends; User-Agent follows
     */
    public static SentRequest of(byte[] octets, int lineEnd, int hostEnd, int refererEnd) {
        return new SentRequest(octets, lineEnd, hostEnd, refererEnd, true);
    }

    /**
     * Returns what a client sent that is no request, cut to {@link #MOST_RAW} octets; kept, not to be changed any more.
     */
    public static SentRequest raw(byte[] line) {
        return new SentRequest(line, line.length, line.length, line.length, false);
    }

    /** Returns all parts. Not to be changed. */
    byte[] octets() {
        return octets;
    }

    int lineEnd() {
        return lineEnd;
    }

    int hostEnd() {
        return hostEnd;
    }

    int refererEnd() {
        return refererEnd;
    }

    /** Returns whether the line has a method, a target and a version. */
    boolean isWellFormed() {
        return wellFormed;
    }

    /** Returns where the method ends; only of a well-formed line. */
    int methodEnd() {
        int at = 0;
        while (octets[at] != ' ') {
            at++;
        }
        return at;
    }

    /** Returns where the version begins; only of a well-formed line. */
    int versionAt() {
        int at = lineEnd;
        while (octets[at - 1] != ' ') {
            at--;
        }
        return at;
    }
}
