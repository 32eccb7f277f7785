package org.relayd.runtime.relay.http.head;

/**
 * The first line of a response: version, status code, reason (RFC 9112 4). Many servers leave out the reason and the
 * blank in front of it.
 */
final class StatusLine {
    /** Octets in {@code HTTP/1.1}. */
    static final int VERSION_LENGTH = 8;
    static final byte[] MAJOR = Octets.of("HTTP/1.");
    /** Where the status code ends: {@code HTTP/1.1 200}. */
    static final int CODE_END = VERSION_LENGTH + 4;

    private StatusLine() {}

    /** Reads the line at the beginning of the loaded octets. */
    static HeadVerdict read(MessageHead head) {
        byte[] octets = head.octets;
        int end = head.loaded;
        int minor = minorVersion(octets, 0, end);
        if (minor == HeadParser.MORE || (minor >= 0 && CODE_END >= end)) {
            return HeadVerdict.INCOMPLETE;
        }
        if (minor < 0 || octets[VERSION_LENGTH] != ' ') {
            return HeadVerdict.MALFORMED;
        }
        int code = 0;
        for (int i = VERSION_LENGTH + 1; i < CODE_END; i++) {
            int digit = octets[i] - '0';
            if (digit < 0 || digit > 9) {
                return HeadVerdict.MALFORMED;
            }
            code = code * 10 + digit;
        }
        if (code < 100 || code > 599) {
            return HeadVerdict.MALFORMED;
        }
        head.status = code;
        head.minor = minor;
        boolean reason = octets[CODE_END] == ' ';
        return HeadParser.firstLineEnds(head, reason ? Octets.endOfText(octets, CODE_END + 1, end) : CODE_END);
    }

    /**
     * Returns 0 for {@code HTTP/1.0}, 1 for {@code HTTP/1.1} and what may come after it, which is read alike (RFC 9110
     * 2.5), or what is negative in {@link HeadParser}.
     */
    static int minorVersion(byte[] octets, int at, int end) {
        int known = Math.min(end - at, MAJOR.length);
        for (int i = 0; i < known; i++) {
            if (octets[at + i] != MAJOR[i]) {
                return HeadParser.BAD;
            }
        }
        if (end - at < VERSION_LENGTH) {
            return HeadParser.MORE;
        }
        int minor = octets[at + MAJOR.length] - '0';
        return minor < 0 || minor > 9 ? HeadParser.BAD : Math.min(minor, 1);
    }
}
