package org.relayd.ir.nft;

import java.util.Optional;

/**
 * Whose tables they are: several daemons may run side by side, each with its own.
 *
 * @param table
 *            name of the tables
 * @param owner
 *            name of a counter that tells which process they belong to; empty in text for people
 */
public record NftInstance(String table, Optional<String> owner) {
    private static final String KEEP = "_keep";

    /** Returns the first daemon of a machine, whatever its process. */
    public static NftInstance first() {
        return new NftInstance("relayd", Optional.empty());
    }

    /** Returns the name of the table that keeps translations alive while the others are replaced. */
    public String keep() {
        return table + KEEP;
    }

    /** Returns whether a table is one that keeps translations alive. */
    static boolean keeps(NftTable table) {
        return table.name().endsWith(KEEP);
    }
}
