package org.relayd.ir.parsed;

import java.util.Set;

/**
 * Names of sections that could not be read. Whoever uses such a name is not at fault.
 *
 * @param tables
 *            names of tables
 * @param protocols
 *            names of protocols
 */
public record LostNames(Set<String> tables, Set<String> protocols) {

    /** Copies the sets. */
    public LostNames {
        tables = Set.copyOf(tables);
        protocols = Set.copyOf(protocols);
    }
}
