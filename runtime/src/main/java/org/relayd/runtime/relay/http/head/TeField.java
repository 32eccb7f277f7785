package org.relayd.runtime.relay.http.head;

/**
 * The TE field (RFC 9110 10.1.4), which ends at this hop. Of what a client takes the relay itself can only promise
 * trailers to the target, since no transfer coding but chunked passes; so {@code trailers} is all that goes on.
 */
public final class TeField {
    private static final FieldName TE = FieldName.of("TE");
    private static final byte[] TRAILERS = Octets.of("trailers");
    private static final byte[] WEIGHT = Octets.of("q=");

    private TeField() {}

    /** Notes a TE field. */
    static void note(MessageHead head, int field) {
        if (head.fields.isNamed(field, head.octets, TE)) {
            head.te = true;
            head.takesTrailers |= takesTrailers(head, field);
        }
    }

    /** Leaves of what a client takes the trailers alone, if it takes them. */
    public static void settle(MessageHead head) {
        FieldTable fields = head.fields;
        int field = fields.find(head.octets, TE, 0);
        boolean plain = head.takesTrailers && field >= 0 && fields.find(head.octets, TE, field + 1) < 0
                && Octets.equalsIgnoringCase(head.octets, fields.valueAt(field), fields.valueLength(field), TRAILERS);
        if (!plain) {
            ConnectionOptions.removeAll(head, TE);
            if (head.takesTrailers) {
                head.add(TE, TRAILERS);
            }
        }
    }

    /** Returns whether the head, which rules may have changed, still tells of trailers. */
    public static boolean asksForTrailers(MessageHead head) {
        return head.takesTrailers && head.fields.find(head.octets, TE, 0) >= 0;
    }

    private static boolean takesTrailers(MessageHead head, int field) {
        int at = head.fields.valueAt(field);
        int end = at + head.fields.valueLength(field);
        boolean takes = false;
        while (at < end) {
            int comma = Octets.indexOf(head.octets, at, end, ',');
            int nameEnd = Octets.indexOf(head.octets, at, comma, ';');
            int from = Octets.skipBlanks(head.octets, at, nameEnd);
            int to = Octets.trimBlanks(head.octets, from, nameEnd);
            takes |= Octets.equalsIgnoringCase(head.octets, from, to - from, TRAILERS)
                    && (nameEnd == comma || hasWeight(head.octets, nameEnd + 1, comma));
            at = comma + 1;
        }
        return takes;
    }

    /** Returns whether a parameter is a weight above zero. */
    private static boolean hasWeight(byte[] octets, int at, int end) {
        int from = Octets.skipBlanks(octets, at, end);
        int value = from + WEIGHT.length;
        if (value > end || !Octets.equalsIgnoringCase(octets, from, WEIGHT.length, WEIGHT)) {
            return false;
        }
        boolean above = false;
        for (int i = value; i < Octets.trimBlanks(octets, value, end); i++) {
            if (octets[i] != '.' && (octets[i] < '0' || octets[i] > '9')) {
                return false;
            }
            above |= octets[i] >= '1';
        }
        return above;
    }
}
