package org.relayd.runtime.relay.http.head;

/** The first line of a response: version, status code, reason (RFC 9112 4). */
final class StatusLine {
    /** Octets in {@code HTTP/1.1}. */
    static final int VERSION_LENGTH = 8;
    static final byte[] MAJOR = Octets.of("HTTP/1.");
    private static final int CODE_LENGTH = 3;

    private StatusLine() {}

    /** Reads the line at the beginning of the loaded octets. */
    static HeadVerdict read(MessageHead head) {
        byte[] octets = head.octets;
        int end = head.loaded;
        int minor = minorVersion(octets, 0, end);
        int codeEnd = VERSION_LENGTH + 1 + CODE_LENGTH;
        if (minor == HeadParser.MORE || (minor >= 0 && codeEnd + 1 >= end)) {
            return HeadVerdict.INCOMPLETE;
        }
        if (minor < 0 || octets[VERSION_LENGTH] != ' ') {
            return HeadVerdict.MALFORMED;
        }
        int code = 0;
        for (int i = VERSION_LENGTH + 1; i < codeEnd; i++) {
            int digit = octets[i] - '0';
            if (digit < 0 || digit > 9) {
                return HeadVerdict.MALFORMED;
            }
            code = code * 10 + digit;
        }
        if (octets[codeEnd] != ' ' || code < 100 || code > 599) {
            return HeadVerdict.MALFORMED;
        }
        head.status = code;
        head.minor = minor;
        return reason(head, codeEnd + 1);
    }

    private static HeadVerdict reason(MessageHead head, int at) {
        return HeadParser.firstLineEnds(head, Octets.endOfText(head.octets, at, head.loaded));
    }

    /** Returns the minor version of {@code HTTP/1.0} or {@code HTTP/1.1}, or what is negative in {@link HeadParser}. */
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
        return minor == 0 || minor == 1 ? minor : HeadParser.BAD;
    }
}
