package org.relayd.runtime.relay.http.head;

/**
 * Reads the head of a request or response in one pass (RFC 9112 2 to 5). Stateless: an incomplete head is read again
 * when more has arrived.
 *
 * <p>
 * Refused, because two parsers might differ on it: line ends other than CR LF, controls, white space in front of the
 * colon, lines without a colon, empty names. A folded line is put after the value of the line before: a line end and
 * the blanks around it are one blank, or nothing where the value begins (RFC 9112 5.2 lets a proxy do that); fields
 * that decide about framing may not be folded.
 */
public final class HeadParser {
    private HeadParser() {}

    /**
     * Reads a request head from the loaded octets.
     *
     * @param limit
     *            octets allowed in all lines together, line ends not counted (relayd.conf(5): http headerlen)
     * @param first
     *            whether this would be the first request of its connection; later ones may stand after
     *            empty lines (RFC 9112 2.2)
     */
    public static HeadVerdict request(MessageHead head, int limit, boolean first) {
        int at = 0;
        while (at + 1 < head.loaded && head.octets[at] == '\r' && head.octets[at + 1] == '\n') {
            if (first) {
                return HeadVerdict.NO_METHOD;
            }
            at += 2;
        }
        if (at + 1 == head.loaded && head.octets[at] == '\r') {
            return shortened(head, HeadVerdict.INCOMPLETE, limit);
        }
        HeadVerdict line = RequestLine.read(head, at);
        return line == HeadVerdict.COMPLETE ? requestFields(head, at, limit) : shortened(head, line, limit);
    }

    private static HeadVerdict requestFields(MessageHead head, int start, int limit) {
        HeadVerdict fields = fields(head, start, limit);
        return fields == HeadVerdict.COMPLETE ? Framing.request(head) : fields;
    }

    /** Reads a response head from the loaded octets; every fault means 502. */
    public static HeadVerdict response(MessageHead head, int limit) {
        HeadVerdict line = StatusLine.read(head);
        if (line != HeadVerdict.COMPLETE) {
            return shortened(head, line, limit);
        }
        HeadVerdict fields = fields(head, 0, limit);
        return fields == HeadVerdict.COMPLETE ? Framing.response(head) : fields;
    }

    private static HeadVerdict shortened(MessageHead head, HeadVerdict verdict, int limit) {
        return verdict == HeadVerdict.INCOMPLETE && head.loaded > limit ? HeadVerdict.TOO_LARGE : verdict;
    }

    /** Reads the field lines after the start line. */
    private static HeadVerdict fields(MessageHead head, int start, int limit) {
        byte[] octets = head.octets;
        int end = head.loaded;
        int at = head.startEnd + 2;
        int lines = 1;
        while (true) {
            if (at - start - 2 * lines > limit) {
                return HeadVerdict.TOO_LARGE;
            }
            if (at == end) {
                return HeadVerdict.INCOMPLETE;
            }
            byte octet = octets[at];
            if (octet == '\r') {
                if (at + 1 == end) {
                    return HeadVerdict.INCOMPLETE;
                }
                head.length = at + 2;
                return octets[at + 1] == '\n' ? HeadVerdict.COMPLETE : HeadVerdict.MALFORMED;
            }
            int next = Octets.isBlank(octet) ? fold(head, at) : field(head, at);
            if (next < 0) {
                return next == MORE && end - start - 2 * lines > limit ? HeadVerdict.TOO_LARGE
                        : next == MORE ? HeadVerdict.INCOMPLETE : HeadVerdict.MALFORMED;
            }
            at = next;
            lines++;
        }
    }

    private static final int MORE = -1;
    private static final int BAD = -2;

    /** Reads one field line; answers where the next line begins, {@link #MORE} or {@link #BAD}. */
    private static int field(MessageHead head, int lineAt) {
        byte[] octets = head.octets;
        int end = head.loaded;
        boolean underscore = false;
        int at = lineAt;
        while (at < end && Octets.token(octets[at]) != 0) {
            underscore |= octets[at] == '_';
            at++;
        }
        if (at == end) {
            return MORE;
        }
        int nameLength = at - lineAt;
        if (octets[at] != ':' || nameLength == 0) {
            return BAD;
        }
        head.underscore |= underscore;
        int textEnd = Octets.endOfText(octets, at + 1, end);
        int next = lineEnd(octets, textEnd, end);
        if (next < 0) {
            return next;
        }
        int valueAt = Octets.skipBlanks(octets, at + 1, textEnd);
        head.fields.add(FieldName.keyOf(octets, lineAt, nameLength), lineAt, nameLength, valueAt,
                Octets.trimBlanks(octets, valueAt, textEnd) - valueAt);
        Framing.note(head, head.fields.size() - 1);
        return next;
    }

    /** Puts a line that begins with a blank after the value of the field before it. */
    private static int fold(MessageHead head, int lineAt) {
        byte[] octets = head.octets;
        int textEnd = Octets.endOfText(octets, lineAt, head.loaded);
        int next = lineEnd(octets, textEnd, head.loaded);
        int last = head.fields.size() - 1;
        if (next == MORE) {
            return MORE;
        }
        if (next < 0 || last < 0 || Framing.decides(head, last)) {
            return BAD;
        }
        int valueAt = head.fields.valueAt(last);
        int valueEnd = valueAt + head.fields.valueLength(last);
        int from = Octets.skipBlanks(octets, lineAt, textEnd);
        int length = Octets.trimBlanks(octets, from, textEnd) - from;
        if (length > 0) {
            if (valueEnd > valueAt) {
                octets[valueEnd++] = ' ';
            }
            System.arraycopy(octets, from, octets, valueEnd, length);
            head.fields.value(last, valueAt, valueEnd + length - valueAt);
        }
        return next;
    }

    private static int lineEnd(byte[] octets, int textEnd, int end) {
        if (textEnd == end || (octets[textEnd] == '\r' && textEnd + 1 == end)) {
            return MORE;
        }
        return octets[textEnd] == '\r' && octets[textEnd + 1] == '\n' ? textEnd + 2 : BAD;
    }
}
