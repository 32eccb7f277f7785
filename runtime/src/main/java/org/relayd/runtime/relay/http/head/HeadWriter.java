package org.relayd.runtime.relay.http.head;

import java.util.Arrays;
import org.relayd.ir.term.Direction;

/**
 * Writes heads: the start line, then {@code Name: value} lines, the empty line. Belongs to one event loop; what was
 * written is valid until the next head.
 *
 * <p>
 * Two orders: {@link #writeSorted by name}, equal names together in order of arrival and spelled like the first of
 * them, as the original writes them in the current dialect, and {@link #writeInOrder of arrival} for the 5.1 dialect.
 */
public final class HeadWriter {
    private static final byte[] VERSION = Octets.of("HTTP/1.1");

    private byte[] out = new byte[16 * 1024];
    private int length;

    /** Returns the octets written. Not to be changed, valid until the next head. */
    public byte[] octets() {
        return out;
    }

    /** Returns the number of octets written. */
    public int length() {
        return length;
    }

    /** Writes a head with its fields sorted by name. */
    public void writeSorted(MessageHead head, Direction direction) {
        begin(head, direction);
        FieldTable fields = head.fields;
        int count = fields.written();
        int[] order = fields.sorted(head.octets);
        int spelling = -1;
        for (int i = 0; i < count; i++) {
            int field = order[i];
            if (spelling < 0 || !fields.sameName(head.octets, spelling, field)) {
                spelling = field;
            }
            field(head, spelling, field);
        }
        lineEnd();
    }

    /** Writes a head with its fields in order of arrival, added ones last. */
    public void writeInOrder(MessageHead head, Direction direction) {
        begin(head, direction);
        for (int field = 0; field < head.fields.size(); field++) {
            if (!head.fields.isRemoved(field)) {
                field(head, field, field);
            }
        }
        lineEnd();
    }

    private void begin(MessageHead head, Direction direction) {
        length = 0;
        ensure(head.octets.length + 64);
        switch (direction) {
            case REQUEST -> requestLine(head);
            case RESPONSE -> statusLine(head);
        }
        lineEnd();
    }

    private void requestLine(MessageHead head) {
        put(head.octets, 0, head.methodLength);
        out[length++] = ' ';
        put(head.octets, head.prefixAt, head.prefixLength);
        put(head.octets, head.pathAt, head.pathLength);
        if (head.hasQuery) {
            out[length++] = '?';
            put(head.octets, head.queryAt, head.queryLength);
        }
        out[length++] = ' ';
        put(VERSION);
        if (head.isPassedOnAsOld()) {
            out[length - 1] = '0';
        }
    }

    /** The version is that of relayd, whatever the target speaks (RFC 9110 6.2); code and reason are the target's. */
    private void statusLine(MessageHead head) {
        put(VERSION);
        put(head.octets, VERSION.length, head.startEnd - VERSION.length);
        if (head.startEnd == StatusLine.CODE_END) {
            out[length++] = ' ';
        }
    }

    private void field(MessageHead head, int spelling, int field) {
        FieldTable fields = head.fields;
        int nameLength = fields.nameLength(field);
        int valueLength = fields.valueLength(field);
        ensure(nameLength + valueLength + 6);
        int nameAt = fields.nameAt(spelling);
        int valueAt = fields.valueAt(field);
        if (valueAt == nameAt + nameLength + 2 && head.octets[valueAt - 2] == ':' && head.octets[valueAt - 1] == ' ') {
            // Most lines stand in the received head just as they are to be written.
            put(head.octets, nameAt, nameLength + 2 + valueLength);
        } else {
            put(head.octets, nameAt, nameLength);
            out[length++] = ':';
            out[length++] = ' ';
            if (valueLength > 0) {
                put(head.octets, valueAt, valueLength);
            }
        }
        lineEnd();
    }

    private void put(byte[] source) {
        put(source, 0, source.length);
    }

    private void put(byte[] source, int at, int count) {
        System.arraycopy(source, at, out, length, count);
        length += count;
    }

    private void lineEnd() {
        out[length++] = '\r';
        out[length++] = '\n';
    }

    private void ensure(int more) {
        if (length + more > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
        }
    }
}
