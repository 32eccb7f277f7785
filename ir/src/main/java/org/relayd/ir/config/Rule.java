package org.relayd.ir.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.pattern.Glob;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.RuleVerdict;

/**
 * A filter rule of the current dialect. relayd.conf(5): FILTER RULES.
 *
 * @param verdict
 *            match, pass or block
 * @param direction
 *            which messages
 * @param quick
 *            whether evaluation ends here
 * @param family
 *            address family of the session
 * @param from
 *            client address
 * @param to
 *            address the client connected to
 * @param method
 *            request method in upper case
 * @param forwardTo
 *            name of the table in the file that the session shall use
 * @param tag
 *            change of the session's tag
 * @param tagged
 *            tag that the session must have
 * @param label
 *            change of the session's label
 * @param conditions
 *            at most one for each entity type, in the order of their words: cookie, header, path, query, url. That is
 *            how they are printed; a relay evaluates them in an order of its own
 * @param source
 *            the line of a file that the keys of the conditions are from; empty if they stand in the rule itself
 */
public record Rule(RuleVerdict verdict, Direction direction, boolean quick, Optional<IpFamily> family,
        Optional<IpPrefix> from,
        Optional<IpPrefix> to, Optional<String> method, Optional<String> forwardTo, Marking tag,
        Optional<String> tagged, Marking label,
        List<Condition> conditions, Optional<KeyFileLine> source) {

    /** Copies the list, in its order. */
    public Rule {
        conditions = inOrderOfWords(conditions);
    }

    /** Rules are many, and most have one condition; a comparator of the library would be made anew at each start. */
    private static List<Condition> inOrderOfWords(List<Condition> conditions) {
        if (conditions.size() < 2) {
            return List.copyOf(conditions);
        }
        List<Condition> ordered = new ArrayList<>(conditions);
        ordered.sort((one, other) -> one.type().word().compareTo(other.type().word()));
        return List.copyOf(ordered);
    }

    /**
     * A key of a file of keys, which makes one rule of each. relayd.conf(5): {@code file}.
     *
     * @param path
     *            the file
     * @param number
     *            of the key in it, from 0
     * @param value
     *            the value written after the file, which the last condition has; empty if none is
     */
    public record KeyFileLine(String path, int number, Optional<String> value) {}

    /** What a rule does with the tag or label of the session. */
    public sealed interface Marking {

        /** Leaves it as it is. */
        record Keep() implements Marking {}

        /** Takes it away. */
        record Clear() implements Marking {}

        /**
         * Sets it.
         *
         * @param text
         *            never empty
         */
        record Set(String text) implements Marking {}
    }

    /**
     * A condition on an entity, with what is done to it.
     *
     * @param type
     *            entity
     * @param option
     *            what is done; empty to match only
     * @param key
     *            key; empty if none was written
     * @param value
     *            value; {@code *} if a key without value was written, empty if there is none
     * @param digest
     *            the URL's digest; then {@code key} is its text
     * @param strip
     *            leading path components to drop; only with option strip
     */
    public record Condition(EntityType type, Optional<EntityOption> option, Optional<Match> key, Optional<Match> value,
            Optional<Digest> digest, OptionalInt strip) {}

    /**
     * A text to match or, for append and set, to write.
     *
     * @param text
     *            glob, Lua pattern or literal text
     * @param pattern
     *            whether it is a Lua pattern, patterns(7)
     */
    public record Match(String text, boolean pattern) {

        /** Returns whether the text stands for itself alone. */
        public boolean isLiteral() {
            return !pattern && (!hasSpecial() || Glob.compile(text, true).isLiteral());
        }

        /** Most texts hold no such character, and a configuration holds thousands of texts. */
        private boolean hasSpecial() {
            for (int at = 0; at < text.length(); at++) {
                if ("*?[\\".indexOf(text.charAt(at)) >= 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
