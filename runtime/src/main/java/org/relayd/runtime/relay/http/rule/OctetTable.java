package org.relayd.runtime.relay.http.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * Texts with the numbers of the rules that ask for them, found by a range of octets without making a text of it. Filled
 * first, then only asked.
 */
final class OctetTable {
    private final Map<Integer, List<Entry>> entries = new HashMap<>();

    /** A text of a rule. */
    private static final class Entry {
        private final byte[] octets;
        private final int rule;

        Entry(byte[] octets, int rule) {
            this.octets = octets;
            this.rule = rule;
        }
    }

    /** Adds a rule that asks for a text. */
    void add(String text, int rule) {
        byte[] octets = Octets.written(text);
        entries.computeIfAbsent(hash(octets, 0, octets.length), _ -> new ArrayList<>()).add(new Entry(octets, rule));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Sets the bits of the rules that ask for the text in a range. */
    void select(byte[] octets, int at, int length, long[] bits) {
        selectHashed(hash(octets, at, length), octets, at, length, bits);
    }

    /** The same with a hash that is known already. */
    void selectHashed(int hash, byte[] octets, int at, int length, long[] bits) {
        List<Entry> found = entries.get(hash);
        if (found != null) {
            for (Entry entry : found) {
                if (Arrays.equals(entry.octets, 0, entry.octets.length, octets, at, at + length)) {
                    bits[entry.rule / Long.SIZE] |= 1L << entry.rule;
                }
            }
        }
    }

    /** Start of a hash. */
    static final int SEED = 17;

    /** Returns the hash of a text that is one octet longer. */
    static int hash(int before, byte octet) {
        return before * 31 + octet;
    }

    private static int hash(byte[] octets, int at, int length) {
        int hash = SEED;
        for (int i = at; i < at + length; i++) {
            hash = hash(hash, octets[i]);
        }
        return hash;
    }
}
