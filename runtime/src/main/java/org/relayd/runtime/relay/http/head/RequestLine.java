package org.relayd.runtime.relay.http.head;

/** The first line of a request: method, target, version (RFC 9112 3). One blank between them, nothing else. */
final class RequestLine {
    private RequestLine() {}

    /** Reads the line that begins at {@code at}. */
    static HeadVerdict read(MessageHead head, int at) {
        byte[] octets = head.octets;
        int end = head.loaded;
        int blank = tokenEnd(octets, at, end);
        if (blank == end) {
            return HeadVerdict.INCOMPLETE;
        }
        if (octets[blank] != ' ' || blank == at) {
            return HeadVerdict.MALFORMED;
        }
        int targetAt = blank + 1;
        int targetEnd = targetEnd(octets, targetAt, end);
        if (targetEnd == end) {
            return HeadVerdict.INCOMPLETE;
        }
        if (octets[targetEnd] == '\r' && targetEnd > targetAt) {
            return HeadVerdict.NO_VERSION;
        }
        if (octets[targetEnd] != ' ' || targetEnd == targetAt) {
            return HeadVerdict.MALFORMED;
        }
        HeadVerdict version = version(head, targetEnd + 1);
        return version == HeadVerdict.COMPLETE ? parts(head, at, blank, targetEnd) : version;
    }

    private static HeadVerdict parts(MessageHead head, int at, int blank, int targetEnd) {
        head.method = RequestMethod.of(head.octets, at, blank - at);
        head.methodAt = at;
        head.methodLength = blank - at;
        return target(head, blank + 1, targetEnd) ? HeadVerdict.COMPLETE : HeadVerdict.MALFORMED;
    }

    /** HTTP/1.0 or HTTP/1.1 and the line end. */
    private static HeadVerdict version(MessageHead head, int at) {
        int minor = StatusLine.minorVersion(head.octets, at, head.loaded);
        if (minor < 0) {
            return minor == StatusLine.MORE ? HeadVerdict.INCOMPLETE : HeadVerdict.MALFORMED;
        }
        int lineEnd = at + StatusLine.VERSION_LENGTH;
        if (lineEnd + 1 >= head.loaded) {
            return HeadVerdict.INCOMPLETE;
        }
        head.minor = minor;
        head.startEnd = lineEnd;
        return head.octets[lineEnd] == '\r' && head.octets[lineEnd + 1] == '\n' ? HeadVerdict.COMPLETE
                : HeadVerdict.MALFORMED;
    }

    private static int tokenEnd(byte[] octets, int at, int end) {
        int i = at;
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

    /** Splits the target in path and query; the four forms of RFC 9112 3.2, each only with the methods that may use it. */
    private static boolean target(MessageHead head, int at, int end) {
        byte[] octets = head.octets;
        boolean authorityForm = head.method == RequestMethod.CONNECT;
        boolean asterisk = end - at == 1 && octets[at] == '*';
        if (!authorityForm && !asterisk && octets[at] != '/' && !absolute(head, at, end)) {
            return false;
        }
        int mark = at;
        while (mark < end && octets[mark] != '?') {
            mark++;
        }
        head.pathAt = at;
        head.pathLength = mark - at;
        head.hasQuery = mark < end;
        head.queryAt = Math.min(end, mark + 1);
        head.queryLength = end - head.queryAt;
        return !asterisk || head.method == RequestMethod.OPTIONS;
    }

    /** Notes the authority of {@code scheme://authority/path}; false if the target is no such URI. */
    private static boolean absolute(MessageHead head, int at, int end) {
        byte[] octets = head.octets;
        int colon = at;
        while (colon < end && octets[colon] != ':' && octets[colon] != '/' && octets[colon] != '?') {
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
        return head.authorityLength > 0;
    }
}
