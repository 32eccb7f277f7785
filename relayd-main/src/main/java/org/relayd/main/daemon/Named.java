package org.relayd.main.daemon;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relayd.compiler.source.SimilarNames;
import org.relayd.ir.control.ControlRequest.SwitchTarget;

/**
 * Something that relayctl(8) may name.
 *
 * @param id
 *            its number
 * @param name
 *            its name, which others of its kind may have, too
 * @param place
 *            where it stands, such as {@code table web:80}; empty if the name is said to be its own
 * @param follows
 *            number of the host that it is switched with
 */
record Named(int id, String name, String place, Optional<Integer> follows) {

    /** What came of a look for one. */
    sealed interface Found {
        /** It is this one. */
        record One(Named one) implements Found {}

        /** None can be meant; the reason is for the user. */
        record None(String reason) implements Found {}
    }

    /**
     * Looks for the one that is meant, by number or name; digits may be a name where nothing has that number. Hosts
     * that follow another are passed over where the name is also that of one that does not.
     *
     * @param kind
     *            the word for each of them
     * @param all
     *            those that exist
     */
    static Found find(String kind, List<Named> all, SwitchTarget target) {
        return switch (target) {
            case SwitchTarget.ById(int number) -> all.stream().filter(one -> one.id == number).findFirst()
                    .map(one -> one.unlessItFollows(kind))
                    .orElseGet(() -> byName(kind, all, Integer.toString(number)));
            case SwitchTarget.ByName(String name) -> byName(kind, all, name);
        };
    }

    private static Found byName(String kind, List<Named> all, String name) {
        List<Named> same = all.stream().filter(one -> one.name.equals(name)).toList();
        List<Named> free = same.stream().filter(one -> one.follows.isEmpty()).toList();
        if (same.isEmpty()) {
            return new Found.None("there is no " + kind + " " + name
                    + similar(all, name).map(other -> "; did you mean " + other + "?").orElse(""));
        }
        if (free.isEmpty()) {
            return same.getFirst().unlessItFollows(kind);
        }
        return free.size() == 1 ? new Found.One(free.getFirst())
                : new Found.None(free.size() + " " + kind + "s have the name " + name + ", give the number: "
                        + free.stream().map(Named::withPlace).collect(Collectors.joining(", ")));
    }

    /** The name of a table ends with its port, which is easily forgotten. */
    private static Optional<String> similar(List<Named> all, String name) {
        return all.stream().map(Named::name).filter(other -> other.startsWith(name + ":")).findFirst()
                .or(() -> SimilarNames.nearest(name, all.stream().map(Named::name).toList()));
    }

    private Found unlessItFollows(String kind) {
        return follows.isEmpty() ? new Found.One(this)
                : new Found.None(kind + " " + id + " follows " + kind + " " + follows.get()
                        + ", and is switched with it");
    }

    private String withPlace() {
        return place.isEmpty() ? Integer.toString(id) : id + " (" + place + ")";
    }
}
