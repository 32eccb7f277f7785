package org.relayd.runtime.relay.http.head;

import java.util.Arrays;

/**
 * Sorts fields by name, whatever its case; equal names keep their order. Names are words of eight octets: fields are
 * distributed by the first octet in which their words differ, then each part for itself, then by the next word. An
 * octet of a name is looked at once or twice, so that the work grows with the octets of a head and not with the square
 * of its fields, in whatever order a client sends them. Not thread safe; the result is valid until the next sort.
 */
final class NameSort {
    /** Up to that many fields an insertion sort is cheaper. */
    static final int SHORT = 20;
    private static final int OCTETS = 256;

    private final FieldTable fields;
    private final int[] starts = new int[OCTETS];
    private int[] order = new int[32];
    private int[] spare = new int[32];
    /** The words in question, by number of the field. */
    private long[] words = new long[32];
    private byte[] octets = {};
    private int moves;

    NameSort(FieldTable fields) {
        this.fields = fields;
    }

    /** Sorts the fields that are still in the message; answers their numbers, to which nothing may be written. */
    int[] sort(byte[] head) {
        int size = fields.size();
        if (order.length < size) {
            order = new int[size * 2];
            spare = new int[size * 2];
            words = new long[size * 2];
        }
        octets = head;
        moves = 0;
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (!fields.isRemoved(i)) {
                order[count++] = i;
            }
        }
        if (count > 1) {
            sort(0, count, 0);
        }
        return order;
    }

    /** Returns how often the last sort moved a field. */
    int moves() {
        return moves;
    }

    /** Sorts fields whose names have the same words before one. */
    private void sort(int from, int to, int word) {
        for (int i = from; i < to; i++) {
            int field = order[i];
            words[field] = fields.word(octets, field, word);
        }
        sortByWord(from, to, word);
    }

    private void sortByWord(int from, int to, int word) {
        long first = words[order[from]];
        long last = first;
        long different = 0;
        boolean ordered = true;
        for (int i = from + 1; i < to; i++) {
            long next = words[order[i]];
            different |= first ^ next;
            ordered &= Long.compareUnsigned(last, next) <= 0;
            last = next;
        }
        if (different == 0) {
            next(from, to, word, first);
        } else if (to - from <= SHORT) {
            insert(from, to, word);
        } else {
            int shift = (Long.SIZE - 1 - Long.numberOfLeadingZeros(different)) & -Byte.SIZE;
            if (!ordered) {
                distribute(from, to, shift);
            }
            sortParts(from, to, word, shift);
        }
    }

    /** Sorts the parts in which the octets of the words are equal down to one. */
    private void sortParts(int from, int to, int word, int shift) {
        int end;
        for (int at = from; at < to; at = end) {
            long first = words[order[at]];
            long different = 0;
            for (end = at + 1; end < to && words[order[end]] >>> shift == first >>> shift; end++) {
                different |= first ^ words[order[end]];
            }
            if (different != 0) {
                sortByWord(at, end, word);
            } else if (end > at + 1) {
                next(at, end, word, first);
            }
        }
    }

    /** Sorts fields that have a word in common by the next one; names hold no zeros, so one in it is their end. */
    private void next(int from, int to, int word, long common) {
        if ((common & 0xff) != 0) {
            sort(from, to, word + 1);
        }
    }

    /** Orders by one octet of the words. */
    private void distribute(int from, int to, int shift) {
        Arrays.fill(starts, 0);
        for (int i = from; i < to; i++) {
            starts[octet(order[i], shift)]++;
        }
        int start = from;
        for (int i = 0; i < OCTETS; i++) {
            int count = starts[i];
            starts[i] = start;
            start += count;
        }
        for (int i = from; i < to; i++) {
            spare[starts[octet(order[i], shift)]++] = order[i];
        }
        System.arraycopy(spare, from, order, from, to - from);
        moves += to - from;
    }

    private int octet(int field, int shift) {
        return (int) (words[field] >>> shift) & 0xff;
    }

    /** An insertion sort, because heads are short and often nearly in order. */
    private void insert(int from, int to, int word) {
        for (int i = from + 1; i < to; i++) {
            int field = order[i];
            int at = i;
            while (at > from && isAfter(order[at - 1], field, word)) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = field;
            moves += i - at;
        }
    }

    private boolean isAfter(int left, int right, int word) {
        long leftWord = words[left];
        long rightWord = words[right];
        return leftWord == rightWord ? (leftWord & 0xff) != 0 && fields.compareRests(octets, left, right, word + 1) > 0
                : Long.compareUnsigned(leftWord, rightWord) > 0;
    }
}
