package org.relayd.runtime.relay.http.rule;

import org.relayd.runtime.relay.http.head.Octets;

/**
 * Walks over the {@code name=value} entries of a query or a cookie line. Entries without an equals sign are left out.
 * One walk at a time; one event loop.
 */
public final class Pairs {
    private byte[] octets = new byte[0];
    private int next;
    private int end;
    private boolean cookie;
    private int nameAt;
    private int nameLength;
    private int valueAt;
    private int valueLength;

    /** Begins with a query: entries between ampersands, taken as they are. */
    public void query(byte[] source, int at, int length) {
        begin(source, at, length, false);
    }

    /**
     * Begins with a cookie line: entries between semicolons, blanks around names and values and quotes around values
     * left out, names that begin with a dollar sign skipped.
     */
    public void cookies(byte[] source, int at, int length) {
        begin(source, at, length, true);
    }

    private void begin(byte[] source, int at, int length, boolean isCookie) {
        octets = source;
        next = at;
        end = at + length;
        cookie = isCookie;
    }

    /** Goes to the next entry; false if there is none. */
    public boolean advance() {
        while (next < end) {
            int at = next;
            int stop = find(at, end, cookie ? ';' : '&');
            next = stop + 1;
            int equals = find(at, stop, '=');
            if (equals < stop && !cookie) {
                nameAt = at;
                nameLength = equals - at;
                valueAt = equals + 1;
                valueLength = stop - valueAt;
                return true;
            }
            if (equals < stop && isCookie(at, equals, stop)) {
                return true;
            }
        }
        return false;
    }

    private boolean isCookie(int at, int equals, int stop) {
        nameAt = Octets.skipBlanks(octets, at, equals);
        nameLength = Octets.trimBlanks(octets, nameAt, equals) - nameAt;
        valueAt = Octets.skipBlanks(octets, equals + 1, stop);
        valueLength = Octets.trimBlanks(octets, valueAt, stop) - valueAt;
        if (valueLength >= 2 && octets[valueAt] == '"' && octets[valueAt + valueLength - 1] == '"') {
            valueAt++;
            valueLength -= 2;
        }
        return nameLength == 0 || octets[nameAt] != '$';
    }

    private int find(int at, int stop, char wanted) {
        int i = at;
        while (i < stop && octets[i] != wanted) {
            i++;
        }
        return i;
    }

    int nameAt() {
        return nameAt;
    }

    int nameLength() {
        return nameLength;
    }

    int valueAt() {
        return valueAt;
    }

    int valueLength() {
        return valueLength;
    }

    /** Returns the value of the present entry as text. */
    public String value() {
        return Octets.text(octets, valueAt, valueLength);
    }

    /** Returns the name of the present entry as text. */
    public String name() {
        return Octets.text(octets, nameAt, nameLength);
    }
}
