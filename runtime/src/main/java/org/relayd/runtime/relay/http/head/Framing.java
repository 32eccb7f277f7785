package org.relayd.runtime.relay.http.head;

/**
 * What the fields of a head say about where its body ends, about the connection and about the authority (RFC 9112 3.2,
 * 6, 9; RFC 9110 7.6.1, 8.6). One rule stands above all: if anything about the length is unusual, the message is
 * refused (request smuggling).
 */
final class Framing {
    private static final FieldName EXPECT = FieldName.of("Expect");
    static final byte[] CHUNKED = Octets.of("chunked");
    static final byte[] WEBSOCKET = Octets.of("websocket");
    /** Digits in 2^63-1. */
    private static final int MOST_DIGITS = 19;

    private Framing() {}

    /** Notes what a field that was just added says; the checks follow when all are known. */
    static void note(MessageHead head, int field) {
        byte[] octets = head.octets;
        FieldTable fields = head.fields;
        // A name of another length is none of these; most fields cost no more than this.
        switch (fields.nameLength(field)) {
            case 2 -> TeField.note(head, field);
            case 4 -> {
                if (fields.isNamed(field, octets, FieldName.HOST)) {
                    head.host = head.host < 0 ? field : TWICE;
                }
            }
            case 7 -> {
                if (fields.isNamed(field, octets, FieldName.UPGRADE)) {
                    head.upgrade = true;
                    head.websocket |= ConnectionOptions.lists(head, field, WEBSOCKET);
                }
            }
            case 10 -> {
                if (fields.isNamed(field, octets, FieldName.CONNECTION)) {
                    ConnectionOptions.note(head, field);
                } else {
                    head.perHop |= fields.isNamed(field, octets, ConnectionOptions.KEEP_ALIVE_FIELD);
                }
            }
            case 14 -> {
                if (fields.isNamed(field, octets, FieldName.CONTENT_LENGTH)) {
                    length(head, field);
                }
            }
            case 16 -> head.perHop |= fields.isNamed(field, octets, ConnectionOptions.PROXY_CONNECTION);
            case 17 -> {
                if (fields.isNamed(field, octets, FieldName.TRANSFER_ENCODING)) {
                    coding(head, field);
                }
            }
            default -> {}
        }
    }

    private static void coding(MessageHead head, int field) {
        boolean plain = Octets.equalsIgnoringCase(head.octets, head.fields.valueAt(field),
                head.fields.valueLength(field), CHUNKED);
        head.badCoding |= head.chunked || !plain;
        head.chunked = true;
    }

    /** Mark for a second Host field. */
    private static final int TWICE = Integer.MAX_VALUE;

    /** Returns whether a field may not be folded because it decides about framing or routing. */
    static boolean decides(MessageHead head, int field) {
        byte[] octets = head.octets;
        FieldTable fields = head.fields;
        return fields.isNamed(field, octets, FieldName.TRANSFER_ENCODING)
                || fields.isNamed(field, octets, FieldName.CONTENT_LENGTH)
                || fields.isNamed(field, octets, FieldName.HOST) || fields.isNamed(field, octets, FieldName.CONNECTION)
                || fields.isNamed(field, octets, FieldName.UPGRADE) || fields.isNamed(field, octets, EXPECT);
    }

    private static void length(MessageHead head, int field) {
        int at = head.fields.valueAt(field);
        int digits = head.fields.valueLength(field);
        long value = 0;
        boolean decimal = digits > 0;
        for (int i = at; i < at + digits; i++) {
            int digit = head.octets[i] - '0';
            decimal &= digit >= 0 && digit <= 9;
            value = value * 10 + digit;
        }
        boolean overflow = digits > MOST_DIGITS || value < 0;
        if (head.hasLength || !decimal) {
            head.lengthVerdict = HeadVerdict.LENGTH_INVALID;
        } else if (overflow) {
            head.lengthVerdict = HeadVerdict.LENGTH_TOO_LARGE;
        }
        head.hasLength = true;
        head.contentLength = value;
    }

    /** Checks a request whose fields are all known. */
    static HeadVerdict request(MessageHead head) {
        if (head.host == TWICE) {
            return HeadVerdict.MALFORMED_HEADER;
        }
        boolean noBody = head.method == RequestMethod.TRACE || head.method == RequestMethod.CONNECT;
        HeadVerdict coding = coding(head);
        if (coding != HeadVerdict.COMPLETE) {
            return coding;
        }
        if (noBody && (head.hasLength || head.chunked)) {
            return HeadVerdict.BODY_FORBIDDEN;
        }
        if (head.lengthVerdict != HeadVerdict.COMPLETE) {
            return head.lengthVerdict;
        }
        // HTTP/1.0 knows neither (RFC 9110 7.8), and a tunnel has no trailers.
        head.websocket &= head.minor > 0;
        head.takesTrailers &= head.minor > 0 && !head.websocket;
        HeadVerdict host = HostField.check(head);
        return host == HeadVerdict.COMPLETE && runsToClose(head) ? HeadVerdict.LENGTH_REQUIRED : host;
    }

    /**
     * Returns whether only the close would tell where the body ends, as HTTP/1.0 had it before lengths were required
     * (RFC 1945 7.2.2): what follows such a head is either that, or a request that no rule saw.
     */
    private static boolean runsToClose(MessageHead head) {
        return head.minor == 0 && !head.hasLength && head.method.needsBody();
    }

    /** Checks a response whose fields are all known. */
    static HeadVerdict response(MessageHead head) {
        head.host = head.host == TWICE ? -1 : head.host;
        boolean withoutBody = head.status < 200 || head.status == 204;
        boolean bodyForbidden = withoutBody && (head.chunked || head.contentLength != 0);
        HeadVerdict coding = coding(head);
        return coding != HeadVerdict.COMPLETE ? coding
                : bodyForbidden ? HeadVerdict.BODY_FORBIDDEN : head.lengthVerdict;
    }

    /** Checks that only one field tells where the body ends, in one way. */
    private static HeadVerdict coding(MessageHead head) {
        if (head.badCoding) {
            return HeadVerdict.UNKNOWN_CODING;
        }
        if (head.chunked && head.hasLength) {
            return HeadVerdict.LENGTH_AND_CODING;
        }
        return head.chunked && head.minor == 0 ? HeadVerdict.CODING_OF_OLD : HeadVerdict.COMPLETE;
    }
}
