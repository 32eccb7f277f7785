package org.relayd.runtime.relay.http.head;

/** The first line of a request: method, target, version (RFC 9112 3). One blank between them, nothing else. */
final class RequestLine {
    private RequestLine() {}

    /** Reads the line at the beginning of the loaded octets. */
    static HeadVerdict read(MessageHead head) {
        byte[] octets = head.octets;
        int loaded = head.loaded;
        int blank = tokenEnd(octets, loaded);
        if (blank == loaded) {
            return HeadVerdict.INCOMPLETE;
        }
        if (octets[blank] != ' ' || blank == 0) {
            return HeadVerdict.MALFORMED;
        }
        int targetAt = blank + 1;
        int targetEnd = targetEnd(octets, targetAt, loaded);
        if (targetEnd == loaded) {
            return HeadVerdict.INCOMPLETE;
        }
        if (targetEnd == targetAt) {
            return HeadVerdict.MALFORMED;
        }
        if (octets[targetEnd] != ' ') {
            // What ends after the target is a line of HTTP/0.9.
            HeadVerdict end = HeadParser.firstLineEnds(head, targetEnd);
            return end == HeadVerdict.COMPLETE ? HeadVerdict.NO_VERSION : end;
        }
        HeadVerdict version = version(head, targetEnd + 1);
        return version == HeadVerdict.COMPLETE ? parts(head, blank, targetEnd) : version;
    }

    private static HeadVerdict parts(MessageHead head, int blank, int targetEnd) {
        head.method = RequestMethod.of(head.octets, 0, blank);
        head.methodLength = blank;
        return target(head, blank + 1, targetEnd) ? HeadVerdict.COMPLETE : HeadVerdict.MALFORMED;
    }

    private static HeadVerdict version(MessageHead head, int at) {
        int minor = StatusLine.minorVersion(head.octets, at, head.loaded);
        if (minor < 0) {
            return minor == HeadParser.MORE ? HeadVerdict.INCOMPLETE : HeadVerdict.MALFORMED;
        }
        head.minor = minor;
        return HeadParser.firstLineEnds(head, at + StatusLine.VERSION_LENGTH);
    }

    private static int tokenEnd(byte[] octets, int end) {
        int i = 0;
        while (i < end && Octets.token(octets[i]) != 0) {
            i++;
        }
        return i;
    }

    private static int targetEnd(byte[] octets, int at, int end) {
        int i = at;
        while (i < end && Octets.isTarget(octets[i])) {
            i++;
        }
        return i;
    }

    /**
     * Splits the target in path and query; the four forms of RFC 9112 3.2, each only with the methods that may use it.
     */
    private static boolean target(MessageHead head, int at, int end) {
        byte[] octets = head.octets;
        boolean authorityForm = head.method == RequestMethod.CONNECT;
        boolean asterisk = end - at == 1 && octets[at] == '*';
        if (authorityForm ? !authority(head, at, end) : !asterisk && octets[at] != '/' && !absolute(head, at, end)) {
            return false;
        }
        int pathAt = at + head.prefixLength;
        int mark = pathAt;
        while (mark < end && octets[mark] != '?') {
            mark++;
        }
        head.pathAt = pathAt;
        head.pathLength = mark - pathAt;
        head.hasQuery = mark < end;
        head.queryAt = Math.min(end, mark + 1);
        head.queryLength = end - head.queryAt;
        if (head.pathLength == 0 && head.method != RequestMethod.OPTIONS) {
            // The same path, in the form that rules are written for (RFC 9110 4.2.3).
            head.path(ROOT);
        }
        return !asterisk || head.method == RequestMethod.OPTIONS;
    }

    private static final byte[] ROOT = Octets.of("/");

    /** Notes the authority that CONNECT names; false if the target is none. */
    private static boolean authority(MessageHead head, int at, int end) {
        head.authorityAt = at;
        head.authorityLength = end - at;
        return Authority.isValidWithPort(head.octets, at, end - at);
    }

    /** Notes {@code scheme://authority} in front of the path; false if the target is no such URI. */
    private static boolean absolute(MessageHead head, int at, int end) {
        byte[] octets = head.octets;
        int colon = at;
        while (colon < end && (isLetter(octets[colon]) || (colon > at && followsInScheme(octets[colon])))) {
            colon++;
        }
        boolean slashes = colon > at && colon + 3 < end && octets[colon] == ':' && octets[colon + 1] == '/'
                && octets[colon + 2] == '/';
        if (!slashes) {
            return false;
        }
        int authorityEnd = colon + 3;
        while (authorityEnd < end && octets[authorityEnd] != '/' && octets[authorityEnd] != '?') {
            authorityEnd++;
        }
        head.authorityAt = colon + 3;
        head.authorityLength = authorityEnd - colon - 3;
        head.prefixAt = at;
        head.prefixLength = authorityEnd - at;
        return Authority.isValid(octets, head.authorityAt, head.authorityLength);
    }

    private static boolean isLetter(byte octet) {
        int lower = Octets.lower(octet);
        return lower >= 'a' && lower <= 'z';
    }

    /** Returns whether an octet that is no letter may stand in a scheme, though not first (RFC 3986 3.1). */
    private static boolean followsInScheme(byte octet) {
        return (octet >= '0' && octet <= '9') || octet == '+' || octet == '-' || octet == '.';
    }
}
