package org.relayd.ir.config;

import java.util.List;
import java.util.OptionalInt;

/**
 * A table of the file that rules name and no forward line uses. It is no table of the daemon: nothing is checked, and
 * no session gets there. relayd.conf(5): FILTER RULES, {@code forward to}.
 *
 * @param name
 *            its name
 * @param disabled
 *            whether it is defined as disabled
 * @param members
 *            in file order, never empty
 */
public record NamedTable(String name, boolean disabled, List<Member> members) {

    /** Copies the list. */
    public NamedTable {
        members = List.copyOf(members);
    }

    /**
     * A member, as {@link Host}, which has no number of its own.
     *
     * @param name
     *            as written in the file
     * @param parent
     *            number of its parent
     * @param retry
     *            failed checks that are forgiven; default 0
     * @param ttl
     *            hops
     * @param priority
     *            priority of routes
     */
    public record Member(String name, OptionalInt parent, int retry, OptionalInt ttl, OptionalInt priority) {}
}
