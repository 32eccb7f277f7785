package org.relayd.runtime.hce;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;

/**
 * Which table of the former plan each table of a new plan was. Of several with one name those go together that are
 * alike in the most: name, port and check; name and port; name. Each is given once, in the order of the plans.
 */
final class Predecessors {
    private final Map<TableId, Predecessor> found = new HashMap<>();
    private final List<CheckedTable> left;

    /**
     * What a table was.
     *
     * @param table
     *            the former table, if there was one
     * @param sameCheck
     *            whether its hosts were checked in the same way on the same port
     */
    record Predecessor(Optional<CheckedTable> table, boolean sameCheck) {

        /** Returns the former table if what its checks found still holds. */
        Optional<CheckedTable> checkedAlike() {
            return table.filter(_ -> sameCheck);
        }
    }

    Predecessors(List<CheckedTable> old, List<Table> now) {
        left = new ArrayList<>(old);
        match(now, Predecessors::areCheckedAlike, true);
        match(now, (before, after) -> isNamedAlike(before, after) && before.port().equals(after.port()), false);
        match(now, Predecessors::isNamedAlike, false);
    }

    private static boolean isNamedAlike(Table before, Table after) {
        return before.template().equals(after.template());
    }

    private static boolean areCheckedAlike(Table before, Table after) {
        return isNamedAlike(before, after) && before.port().equals(after.port())
                && before.check().equals(after.check());
    }

    private void match(List<Table> now, BiPredicate<Table, Table> alike, boolean sameCheck) {
        for (Table table : now) {
            if (!found.containsKey(table.id())) {
                left.stream().filter(before -> alike.test(before.table(), table)).findFirst().ifPresent(before -> {
                    left.remove(before);
                    found.put(table.id(), new Predecessor(Optional.of(before), sameCheck));
                });
            }
        }
    }

    /** Returns what a table of the new plan was. */
    Predecessor of(Table table) {
        return found.getOrDefault(table.id(), new Predecessor(Optional.empty(), false));
    }
}
