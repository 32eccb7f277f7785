package org.relayd.runtime.relay.http.head;

import java.util.Arrays;

/**
 * Field lines of a head as ranges of its octets, in order of arrival; removed ones stay in their place, marked, because
 * the session log still shows them.
 *
 * <p>
 * Field numbers count from 0. Not thread safe: one table belongs to one event loop.
 */
public final class FieldTable {
    private static final int COLUMNS = 4;
    private static final int NAME_AT = 0;
    private static final int NAME_LENGTH = 1;
    private static final int VALUE_AT = 2;
    private static final int VALUE_LENGTH = 3;

    private int size;
    private int[] ranges = new int[32 * COLUMNS];
    private long[] keys = new long[32];
    private boolean[] removed = new boolean[32];
    private int removals;
    private final NameSort sort = new NameSort(this);

    void clear() {
        size = 0;
        removals = 0;
    }

    void add(long key, int nameAt, int nameLength, int valueAt, int valueLength) {
        if (size == keys.length) {
            grow();
        }
        int row = size * COLUMNS;
        ranges[row + NAME_AT] = nameAt;
        ranges[row + NAME_LENGTH] = nameLength;
        ranges[row + VALUE_AT] = valueAt;
        ranges[row + VALUE_LENGTH] = valueLength;
        keys[size] = key;
        removed[size] = false;
        size++;
    }

    private void grow() {
        int rows = size * 2;
        ranges = Arrays.copyOf(ranges, rows * COLUMNS);
        keys = Arrays.copyOf(keys, rows);
        removed = Arrays.copyOf(removed, rows);
    }

    /** Returns the number of fields, removed ones included. */
    public int size() {
        return size;
    }

    /** Returns the index of the first octet of the name. */
    public int nameAt(int field) {
        return ranges[field * COLUMNS + NAME_AT];
    }

    /** Returns the number of octets in the name. */
    public int nameLength(int field) {
        return ranges[field * COLUMNS + NAME_LENGTH];
    }

    /** Returns the index of the first octet of the value, after the white space. */
    public int valueAt(int field) {
        return ranges[field * COLUMNS + VALUE_AT];
    }

    /** Returns the number of octets in the value, without white space around it. */
    public int valueLength(int field) {
        return ranges[field * COLUMNS + VALUE_LENGTH];
    }

    /** {@link FieldName#key} of the name. */
    public long key(int field) {
        return keys[field];
    }

    /** Returns whether an action took the field out of the message. */
    public boolean isRemoved(int field) {
        return removed[field];
    }

    /** Takes a field out of the message; its ranges stay readable. */
    public void remove(int field) {
        if (!removed[field]) {
            removed[field] = true;
            removals++;
        }
    }

    void value(int field, int at, int length) {
        ranges[field * COLUMNS + VALUE_AT] = at;
        ranges[field * COLUMNS + VALUE_LENGTH] = length;
    }

    /** Returns whether a field, removed or not, has that name. */
    public boolean isNamed(int field, byte[] octets, FieldName name) {
        return keys[field] == name.key() && nameLength(field) == name.length()
                && name.matchesAfterKey(octets, nameAt(field));
    }

    /** Returns whether an underscore stands in the name of a field. */
    public boolean hasUnderscore(int field, byte[] octets) {
        int end = nameAt(field) + nameLength(field);
        return Octets.indexOf(octets, nameAt(field), end, '_') < end;
    }

    /** Returns the key that the name of a field would have with hyphens for its underscores. */
    public long hyphenatedKey(int field) {
        return Octets.hyphenated(keys[field]);
    }

    /** Returns whether a field has that name, or would have it with hyphens for its underscores. */
    public boolean looksLike(int field, byte[] octets, FieldName name) {
        boolean same = nameLength(field) == name.length();
        for (int word = 0; same && word * Long.BYTES < name.length(); word++) {
            same = Octets.hyphenated(word(octets, field, word)) == name.word(word);
        }
        return same;
    }

    /**
     * Returns the first field of a name that is still in the message.
     *
     * @param from
     *            the field to start at
     * @return -1 if there is none
     */
    public int find(byte[] octets, FieldName name, int from) {
        for (int i = from; i < size; i++) {
            if (keys[i] == name.key() && !removed[i] && isNamed(i, octets, name)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns the fields still in the message in the order in which they are written: by name, whatever its case; equal
     * names in order of arrival.
     *
     * @return numbers of fields, as many as {@link #written} tells; reused by the next call
     */
    public int[] sorted(byte[] octets) {
        return sort.sort(octets);
    }

    /** Returns the number of fields still in the message. */
    public int written() {
        return size - removals;
    }

    /** Returns how often the last {@link #sorted} moved a field. */
    int moves() {
        return sort.moves();
    }

    /** Returns eight octets of a name in small letters, the first one highest; zeros where it is shorter. */
    long word(byte[] octets, int field, int word) {
        int from = word * Long.BYTES;
        return word == 0 ? keys[field] : FieldName.keyOf(octets, nameAt(field) + from, nameLength(field) - from);
    }

    /** Returns whether two fields have the same name. */
    boolean sameName(byte[] octets, int left, int right) {
        return keys[left] == keys[right] && compareNames(octets, left, right) == 0;
    }

    /** Returns the order of two names: negative, zero or positive like a comparator's answer. */
    public int compareNames(byte[] octets, int left, int right) {
        return compareRests(octets, left, this, right, 0);
    }

    /** The same for a name of another table of the same octets. */
    int compareNames(byte[] octets, int left, FieldTable other, int right) {
        return compareRests(octets, left, other, right, 0);
    }

    /** The same for names of this table whose words before one are equal. */
    int compareRests(byte[] octets, int left, int right, int word) {
        return compareRests(octets, left, this, right, word);
    }

    private int compareRests(byte[] octets, int left, FieldTable other, int right, int word) {
        int most = Math.max(nameLength(left), other.nameLength(right));
        int order = 0;
        for (int i = word; order == 0 && i * Long.BYTES < most; i++) {
            order = Long.compareUnsigned(word(octets, left, i), other.word(octets, right, i));
        }
        return order;
    }
}
