package org.relayd.runtime.relay.http.filter;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.Filter;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.FieldTable;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * Header fields that rules write or remove, and those that frame messages. Many applications cannot tell {@code
 * X_Forwarded_For} from {@code X-Forwarded-For}, so a client could pass the first where a rule means the second: fields
 * that differ only in an underscore from such a name are dropped. Immutable; any thread.
 */
public final class OwnedFields {
    private static final Set<FieldName> FRAMING = Set.of(FieldName.CONTENT_LENGTH,
            FieldName.TRANSFER_ENCODING);

    /** In the order of their keys, which stand beside them. */
    private final List<FieldName> names;
    private final long[] keys;
    private final List<NameMatch> tests;

    private OwnedFields(Set<FieldName> names, List<NameMatch> tests) {
        this.names = names.stream().sorted(Comparator.comparingLong(FieldName::key)).toList();
        keys = this.names.stream().mapToLong(FieldName::key).toArray();
        this.tests = List.copyOf(tests);
    }

    /** Returns the fields that a filter writes or removes, by name or by glob or pattern, or that frame messages. */
    public static OwnedFields of(Filter filter) {
        return new OwnedFields(
                Stream.concat(FRAMING.stream(), NameMatch.names(filter, OwnedFields::isOwner))
                        .filter(name -> name.toString().contains("-")).collect(Collectors.toUnmodifiableSet()),
                NameMatch.of(filter, OwnedFields::isOwner));
    }

    /**
     * Returns whether a filter may change what tells the length of a message: by name, or by a
     * glob or pattern for names.
     */
    public static boolean touchLength(Filter filter) {
        return !NameMatch.of(filter, OwnedFields::isOwner).isEmpty()
                || NameMatch.names(filter, OwnedFields::isOwner).anyMatch(FRAMING::contains);
    }

    private static boolean isOwner(NameMatch.Use use) {
        return use == NameMatch.Use.EDIT;
    }

    /**
     * Takes the fields out of a message that could be mistaken for owned ones.
     *
     * @return name of the first one, if there was one
     */
    public Optional<String> dropLookalikes(MessageHead head) {
        Optional<String> first = Optional.empty();
        FieldTable fields = head.fields();
        for (int field = 0; field < fields.size(); field++) {
            if (fields.hasUnderscore(field, head.octets()) && isLookalike(head, field)) {
                fields.remove(field);
                first = first.isEmpty() ? Optional.of(name(head, field)) : first;
            }
        }
        return first;
    }

    private static String name(MessageHead head, int field) {
        return Octets.text(head.octets(), head.fields().nameAt(field), head.fields().nameLength(field));
    }

    private boolean isLookalike(MessageHead head, int field) {
        if (looksLikeName(head, field)) {
            return true;
        }
        if (tests.isEmpty()) {
            return false;
        }
        String name = name(head, field);
        String meant = name.replace('_', '-');
        // A name that itself fits is the rule's own affair.
        return tests.stream().anyMatch(test -> test.fits(meant) && !test.fits(name));
    }

    private boolean looksLikeName(MessageHead head, int field) {
        long meant = head.fields().hyphenatedKey(field);
        int place = Arrays.binarySearch(keys, meant);
        while (place > 0 && keys[place - 1] == meant) {
            place--;
        }
        boolean found = false;
        for (int i = place; i >= 0 && i < keys.length && keys[i] == meant && !found; i++) {
            found = head.fields().looksLike(field, head.octets(), names.get(i));
        }
        return found;
    }
}
