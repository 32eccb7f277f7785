package org.relayd.runtime.relay.http.head;

/**
 * The Host field and what an absolute target makes of it (RFC 9110 7.2, RFC 9112 3.2): the target stands in for a
 * missing Host, and where both are there they have to name the same. Rules and the next hop get Host as the target has
 * it, without a port that says nothing, so that they cannot differ on where a request goes.
 */
public final class HostField {
    private HostField() {}

    /** Checks the Host of a request whose fields are all known. */
    static HeadVerdict check(MessageHead head) {
        if (head.host < 0) {
            return head.minor == 0 || isAbsolute(head) ? HeadVerdict.COMPLETE : HeadVerdict.MALFORMED_HOST;
        }
        int at = head.fields.valueAt(head.host);
        int length = head.fields.valueLength(head.host);
        boolean named = length == 0 || Authority.isValid(head.octets, at, length);
        return named && (head.authorityLength == 0 || isSame(head, at, length)) ? HeadVerdict.COMPLETE
                : HeadVerdict.MALFORMED_HOST;
    }

    /** Has the Host of a request with an absolute target say what the target says. */
    public static void settle(MessageHead head) {
        if (!isAbsolute(head)) {
            return;
        }
        int length = nameLength(head, head.authorityAt, head.authorityLength);
        if (head.host < 0) {
            head.add(FieldName.HOST, octets(head, length));
            head.host = head.fields.size() - 1;
        } else if (head.fields.valueLength(head.host) != length || !sameOctets(head, length)) {
            head.replace(head.host, octets(head, length));
        }
    }

    private static boolean isAbsolute(MessageHead head) {
        return head.prefixLength > 0;
    }

    private static boolean isSame(MessageHead head, int at, int length) {
        int hostLength = nameLength(head, at, length);
        return hostLength == nameLength(head, head.authorityAt, head.authorityLength)
                && Octets.sameIgnoringCase(head.octets, at, head.authorityAt, hostLength);
    }

    private static boolean sameOctets(MessageHead head, int length) {
        int at = head.fields.valueAt(head.host);
        int i = 0;
        while (i < length && head.octets[at + i] == head.octets[head.authorityAt + i]) {
            i++;
        }
        return i == length;
    }

    private static byte[] octets(MessageHead head, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(head.octets, head.authorityAt, copy, 0, length);
        return copy;
    }

    /** Returns the length of an authority without an empty port or that of the target's scheme. */
    private static int nameLength(MessageHead head, int at, int length) {
        // CONNECT has no scheme, and without one there is no default.
        int schemeLength = isAbsolute(head) ? head.authorityAt - head.prefixAt - "://".length() : 0;
        return Authority.lengthWithoutPort(head.octets, at, length,
                Authority.defaultPort(head.octets, head.prefixAt, schemeLength));
    }
}
