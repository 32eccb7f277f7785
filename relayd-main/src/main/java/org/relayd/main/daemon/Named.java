package org.relayd.main.daemon;

import java.util.List;
import java.util.Optional;
import org.relayd.compiler.source.SimilarNames;
import org.relayd.ir.control.ControlRequest.SwitchTarget;

/**
 * Something that relayctl(8) may name.
 *
 * @param id
 *            its number
 * @param name
 *            its name, which others of its kind may have, too
 * @param follows
 *            number of the host that it is switched with
 */
record Named(int id, String name, Optional<Integer> follows) {

    /** What came of a look for one. */
    sealed interface Found {
        /** It is this one. */
        record One(Named one) implements Found {}

        /** None can be meant; the reason is for the user. */
        record None(String reason) implements Found {}
    }

    /**
     * Looks for the one that is meant, by number or name; digits may be a name where nothing has that number. Of those
     * that have a name the first is meant, as in the original; hosts that follow another are passed over where the name
     * is also that of one that does not.
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
        return new Found.One(free.getFirst());
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
}
