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
    private int[] order = new int[32];
    private int[] merged = new int[32];

    void clear() {
        size = 0;
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
        order = new int[rows];
        merged = new int[rows];
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
        removed[field] = true;
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
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (!removed[i]) {
                order[count++] = i;
            }
        }
        if (count <= StableSort.SHORT) {
            insert(octets, count);
        } else {
            StableSort.sort(order, merged, count, (left, right) -> compareNames(octets, left, right));
        }
        return order;
    }

    /** An insertion sort, because heads are short and often nearly in order. */
    private void insert(byte[] octets, int count) {
        for (int i = 1; i < count; i++) {
            int field = order[i];
            int at = i;
            while (at > 0 && compareNames(octets, order[at - 1], field) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = field;
        }
    }

    /** Returns the number of fields still in the message. */
    public int written() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (!removed[i]) {
                count++;
            }
        }
        return count;
    }

    /** Returns the order of two names: negative, zero or positive like a comparator's answer. */
    public int compareNames(byte[] octets, int left, int right) {
        int byKey = Long.compareUnsigned(keys[left], keys[right]);
        if (byKey != 0) {
            return byKey;
        }
        int leftLength = nameLength(left);
        int rightLength = nameLength(right);
        for (int i = Long.BYTES; i < Math.min(leftLength, rightLength); i++) {
            int difference = Octets.lower(octets[nameAt(left) + i]) - Octets.lower(octets[nameAt(right) + i]);
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(leftLength, rightLength);
    }
}
