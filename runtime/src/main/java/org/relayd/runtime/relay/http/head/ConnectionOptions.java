package org.relayd.runtime.relay.http.head;

import java.util.List;

/**
 * The Connection field and the fields that end at this hop (RFC 9110 7.6.1): {@code close}, {@code keep-alive} and
 * {@code upgrade} are understood, every other option names a field that is not passed on.
 */
public final class ConnectionOptions {
    private static final byte[] CLOSE = Octets.of("close");
    private static final byte[] KEEP_ALIVE = Octets.of("keep-alive");
    private static final byte[] UPGRADE = Octets.of("upgrade");
    private static final byte[] TE = Octets.of("te");
    static final FieldName KEEP_ALIVE_FIELD = FieldName.of("Keep-Alive");
    private static final FieldName TRAILER = FieldName.of("Trailer");
    static final FieldName PROXY_CONNECTION = FieldName.of("Proxy-Connection");
    /** Fields that a Connection option cannot take away, because other rules of HTTP depend on them. */
    private static final List<FieldName> END_TO_END = List.of(FieldName.HOST, FieldName.CONTENT_LENGTH,
            FieldName.TRANSFER_ENCODING, FieldName.UPGRADE, TRAILER, FieldName.of("Cache-Control"),
            FieldName.AUTHORIZATION, FieldName.COOKIE, FieldName.SET_COOKIE, FieldName.of("Date"));

    private ConnectionOptions() {}

    /** Notes the options of a Connection field. */
    static void note(MessageHead head, int field) {
        head.connection = true;
        int valueAt = head.fields.valueAt(field);
        int valueLength = head.fields.valueLength(field);
        if (Octets.equalsIgnoringCase(head.octets, valueAt, valueLength, CLOSE)) {
            head.close = true;
        } else if (Octets.equalsIgnoringCase(head.octets, valueAt, valueLength, KEEP_ALIVE)) {
            head.keepAlive = true;
        } else {
            noteList(head, valueAt, valueAt + valueLength);
        }
    }

    /** Takes a list apart, as far as it is allowed to go. */
    private static void noteList(MessageHead head, int listAt, int end) {
        byte[] octets = head.octets;
        int comma;
        for (int at = listAt; at < end && head.options.size() <= head.mostLines; at = comma + 1) {
            comma = Octets.indexOf(octets, at, end, ',');
            int from = Octets.skipBlanks(octets, at, comma);
            int length = Octets.trimBlanks(octets, from, comma) - from;
            if (Octets.equalsIgnoringCase(octets, from, length, CLOSE)) {
                head.close = true;
            } else if (Octets.equalsIgnoringCase(octets, from, length, KEEP_ALIVE)) {
                head.keepAlive = true;
            } else if (Octets.equalsIgnoringCase(octets, from, length, UPGRADE)) {
                head.connectionUpgrade = true;
            } else if (length > 0) {
                head.options.add(FieldName.keyOf(octets, from, length), from, length, from, 0);
            }
        }
    }

    /** Returns whether a comma separated list has the option, letters in either case. */
    static boolean lists(MessageHead head, int field, byte[] option) {
        int at = head.fields.valueAt(field);
        int end = at + head.fields.valueLength(field);
        while (at < end) {
            int comma = Octets.indexOf(head.octets, at, end, ',');
            int from = Octets.skipBlanks(head.octets, at, comma);
            int to = Octets.trimBlanks(head.octets, from, comma);
            if (Octets.equalsIgnoringCase(head.octets, from, to - from, option)) {
                return true;
            }
            at = comma + 1;
        }
        return false;
    }

    /**
     * Takes the fields out of a message that Connection names, and those of this hop that nobody should look at. Done
     * before rules, so that a client cannot have fields removed that rules add. Connection itself stays until
     * {@link #settle}: rules may match it.
     */
    public static void removeHopByHop(MessageHead head) {
        if (head.options.size() > 0) {
            removeNamed(head);
        }
        if (head.perHop) {
            removeAll(head, KEEP_ALIVE_FIELD);
            removeAll(head, PROXY_CONNECTION);
        }
    }

    /** What rules wrote about the connection. */
    public enum Written {
        /** Nothing: the relay decides. */
        NOTHING,
        /** That it stays open, or something else. */
        OTHER,
        /** That it is closed. */
        CLOSE
    }

    /**
     * Takes the received Connection fields out of a message and tells what rules wrote in their place, which stays.
     * Done after rules.
     */
    public static Written settle(MessageHead head) {
        Written written = Written.NOTHING;
        if (!head.connection) {
            return written;
        }
        FieldTable fields = head.fields;
        for (int field = fields.find(head.octets, FieldName.CONNECTION, 0); field >= 0;
                field = fields.find(head.octets, FieldName.CONNECTION, field + 1)) {
            if (fields.valueAt(field) < head.length) {
                fields.remove(field);
            } else {
                written = written == Written.CLOSE || lists(head, field, CLOSE) ? Written.CLOSE : Written.OTHER;
            }
        }
        return written;
    }

    /** What the relay itself may say of the connection. */
    public enum Option {
        /** It is closed after this message. */
        CLOSE,
        /** It stays open; who speaks HTTP/1.0 has to be told. */
        KEEP_ALIVE,
        /** It is to speak another protocol. */
        UPGRADE,
        /** TE is about it. */
        TE
    }

    /** Tells the next hop about the connection, after what it is told already, in the same line. */
    public static void add(MessageHead head, Option option) {
        byte[] word = switch (option) {
            case CLOSE -> CLOSE;
            case KEEP_ALIVE -> KEEP_ALIVE;
            case UPGRADE -> UPGRADE;
            case TE -> TE;
        };
        int field = head.fields.find(head.octets, FieldName.CONNECTION, 0);
        if (field < 0) {
            head.add(FieldName.CONNECTION, word);
        } else {
            head.replace(field, Octets.of(head.value(field) + ", " + Octets.text(word, 0, word.length)));
        }
    }

    /** Takes the Upgrade fields out: a protocol that the relay does not know is not offered to the next hop. */
    public static void removeUpgrade(MessageHead head) {
        removeAll(head, FieldName.UPGRADE);
    }

    /** Returns whether there is still an Upgrade field. */
    public static boolean offersUpgrade(MessageHead head) {
        return head.upgrade && head.fields.find(head.octets, FieldName.UPGRADE, 0) >= 0;
    }

    /** Takes the transfer coding out, of whose body only the data goes on, and what told of trailers. */
    public static void removeCoding(MessageHead head) {
        removeAll(head, FieldName.TRANSFER_ENCODING);
        removeAll(head, TRAILER);
    }

    /** Leaves of the protocols that a client would upgrade to the only one that may pass. */
    public static void offerWebsocket(MessageHead head) {
        int field = head.fields.find(head.octets, FieldName.UPGRADE, 0);
        boolean alone = Octets.equalsIgnoringCase(head.octets, head.fields.valueAt(field),
                head.fields.valueLength(field), Framing.WEBSOCKET)
                && head.fields.find(head.octets, FieldName.UPGRADE, field + 1) < 0;
        if (!alone) {
            removeAll(head, FieldName.UPGRADE);
            head.add(FieldName.UPGRADE, Framing.WEBSOCKET);
        }
    }

    /** Takes the fields out that options name: both in the order of names, so that many of both cost little. */
    private static void removeNamed(MessageHead head) {
        FieldTable fields = head.fields;
        FieldTable options = head.options;
        int[] named = options.sorted(head.octets);
        int[] order = fields.sorted(head.octets);
        int count = fields.written();
        int option = 0;
        for (int i = 0; i < count; i++) {
            int difference = -1;
            while (option < options.size()) {
                difference = options.compareNames(head.octets, named[option], fields, order[i]);
                if (difference >= 0) {
                    break;
                }
                option++;
            }
            if (difference == 0 && !isEndToEnd(head, order[i])) {
                fields.remove(order[i]);
            }
        }
    }

    private static boolean isEndToEnd(MessageHead head, int field) {
        for (FieldName name : END_TO_END) {
            if (head.fields.isNamed(field, head.octets, name)) {
                return true;
            }
        }
        return false;
    }

    /** Takes all fields of a name out. */
    static void removeAll(MessageHead head, FieldName name) {
        FieldTable fields = head.fields;
        for (int field = fields.find(head.octets, name, 0); field >= 0;
                field = fields.find(head.octets, name, field + 1)) {
            fields.remove(field);
        }
    }
}
