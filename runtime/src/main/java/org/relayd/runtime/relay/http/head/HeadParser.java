package org.relayd.runtime.relay.http.head;

/**
 * Reads the head of a request or response in one pass (RFC 9112 2 to 5). What it knows of an incomplete one stands in
 * the {@link MessageHead}: after {@link MessageHead#more} it goes on at the line that was not whole. The
 * {@link EmptyLines empty lines} in front of a request are no part of it.
 *
 * <p>
 * Lines end in CR LF, or all of them in a bare LF, as very old programs write them (RFC 9112 2.2). Refused, because two
 * parsers might differ on it: a head that has both, bare CRs, controls, white space in front of the
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
     *            octets allowed in all lines together, line ends not counted (relayd.conf(5): http headerlen); the
     *            lines allowed follow from it
     */
    public static HeadVerdict request(MessageHead head, int limit) {
        HeadVerdict line = head.nextLine > 0 ? HeadVerdict.COMPLETE : RequestLine.read(head);
        if (line != HeadVerdict.COMPLETE) {
            return shortened(head, line, limit);
        }
        HeadVerdict fields = fields(head, limit);
        return fields == HeadVerdict.COMPLETE ? Framing.request(head) : fields;
    }

    /** Reads a response head from the loaded octets; every fault means 502. */
    public static HeadVerdict response(MessageHead head, int limit) {
        HeadVerdict line = head.nextLine > 0 ? HeadVerdict.COMPLETE : StatusLine.read(head);
        if (line != HeadVerdict.COMPLETE) {
            return line == HeadVerdict.MALFORMED ? HeadVerdict.MALFORMED_STATUS_LINE : shortened(head, line, limit);
        }
        HeadVerdict fields = fields(head, limit);
        return fields == HeadVerdict.COMPLETE ? Framing.response(head) : fields;
    }

    private static HeadVerdict shortened(MessageHead head, HeadVerdict verdict, int limit) {
        return verdict == HeadVerdict.INCOMPLETE && textLoaded(head) > limit ? HeadVerdict.TOO_LARGE : verdict;
    }

    /** Octets loaded, without one that may be half of a line end. */
    private static int textLoaded(MessageHead head) {
        return head.loaded > 0 && head.octets[head.loaded - 1] == '\r' ? head.loaded - 1 : head.loaded;
    }

    /** Reads the field lines after the start line. */
    private static HeadVerdict fields(MessageHead head, int limit) {
        byte[] octets = head.octets;
        int end = head.loaded;
        int at = head.nextLine > 0 ? head.nextLine : head.startEnd + head.lineEnd;
        int ends = head.nextLine > 0 ? head.lineEnds : head.lineEnd;
        head.mostLines = MessageLimit.mostLines(limit);
        int mostEnds = head.mostLines * head.lineEnd;
        while (true) {
            if (at - ends > limit) {
                return HeadVerdict.TOO_LARGE;
            }
            if (at == end) {
                return more(head, at, ends);
            }
            byte octet = octets[at];
            boolean empty = octet == '\r' || octet == '\n';
            // The first line is none of them, nor is the empty one.
            if (ends + (head.options.size() - (empty ? 1 : 0)) * head.lineEnd > mostEnds) {
                return HeadVerdict.TOO_MANY;
            }
            int next = empty ? lineEnd(head, at) : Octets.isBlank(octet) ? fold(head, at) : field(head, at);
            if (next < 0) {
                return next == BAD ? HeadVerdict.MALFORMED
                        : textLoaded(head) - ends > limit ? HeadVerdict.TOO_LARGE : more(head, at, ends);
            }
            if (empty) {
                head.length = next;
                return HeadVerdict.COMPLETE;
            }
            at = next;
            ends += head.lineEnd;
        }
    }

    /** Notes where to go on: the lines before that one are whole. */
    private static HeadVerdict more(MessageHead head, int at, int ends) {
        head.nextLine = at;
        head.lineEnds = ends;
        return HeadVerdict.INCOMPLETE;
    }

    /** In place of an index: what is loaded does not tell yet. */
    static final int MORE = -1;
    /** In place of an index: not the grammar. */
    static final int BAD = -2;

    /** The text of the first line ends at {@code textEnd}: notes the end of the line, which all others must have. */
    static HeadVerdict firstLineEnds(MessageHead head, int textEnd) {
        head.startEnd = textEnd;
        head.lineEnd = textEnd < head.loaded && head.octets[textEnd] == '\n' ? 1 : 2;
        int next = lineEnd(head, textEnd);
        return next == MORE ? HeadVerdict.INCOMPLETE : next == BAD ? HeadVerdict.MALFORMED : HeadVerdict.COMPLETE;
    }

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
        int next = lineEnd(head, textEnd);
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
        int next = lineEnd(head, textEnd);
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

    /** Answers where the next line begins, {@link #MORE} or {@link #BAD}. */
    private static int lineEnd(MessageHead head, int textEnd) {
        byte[] octets = head.octets;
        int last = textEnd + head.lineEnd - 1;
        if (last > textEnd && textEnd < head.loaded && octets[textEnd] != '\r') {
            return BAD;
        }
        if (last >= head.loaded) {
            return MORE;
        }
        return octets[last] == '\n' ? last + 1 : BAD;
    }
}
