package org.relayd.ir.nft;

import java.util.List;

/**
 * A table and everything in it that is ours to decide.
 *
 * @param family
 *            its family
 * @param name
 *            its name
 * @param objects
 *            counters and timeouts, then maps, then chains: each only names those before it, or chains
 */
public record NftTable(NftFamily family, String name, List<NftObject> objects) {

    /** Copies the list. */
    public NftTable {
        objects = List.copyOf(objects);
    }

    /** Returns family and name, as commands name the table. */
    public String path() {
        return family.word() + " " + name;
    }
}
