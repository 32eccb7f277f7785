package org.relayd.runtime.relay.http.rule;

import java.util.BitSet;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * Beginnings of paths with the rules that ask for them: all that fit a path are found in one walk over it. Filled
 * first, then only asked.
 */
final class PathPrefixes {
    private final OctetTable table = new OctetTable();
    private final BitSet lengths = new BitSet();

    /** Adds a rule for paths that begin with a text. */
    void add(String prefix, int rule) {
        table.add(prefix, rule);
        lengths.set(Octets.written(prefix).length);
    }

    /** Sets the bits of the rules whose text the path begins with. */
    void select(byte[] octets, int at, int length, long[] bits) {
        int longest = Math.min(length, lengths.length() - 1);
        int hash = OctetTable.SEED;
        for (int i = 1; i <= longest; i++) {
            hash = OctetTable.hash(hash, octets[at + i - 1]);
            if (lengths.get(i)) {
                table.selectHashed(hash, octets, at, i, bits);
            }
        }
    }
}
