package org.relayd.runtime.relay.http.filter;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.Action;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Rule;
import org.relayd.ir.pattern.Glob;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.FieldTable;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * Header fields that rules write or remove, and those that frame messages. Many applications cannot tell {@code
 * X_Forwarded_For} from {@code X-Forwarded-For}, so a client could pass the first where a rule means the second: fields
 * that differ only in an underscore from such a name are dropped.
 */
public final class OwnedFields {
    private static final Set<FieldName> FRAMING = Set.of(FieldName.CONTENT_LENGTH,
            FieldName.TRANSFER_ENCODING);

    private OwnedFields() {}

    /** Returns the names with a dash that a filter writes or removes, or that frame messages. */
    public static Set<FieldName> of(Filter filter) {
        return Stream.concat(FRAMING.stream(), all(filter).stream().filter(name -> name.toString().contains("-")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns whether a filter may change what tells the length of a message: by name, or by a
     * glob or pattern for names.
     */
    public static boolean touchLength(Filter filter) {
        return switch (filter) {
            case Filter.Rules rules -> rules.rules().stream().flatMap(OwnedFields::keys)
                    .anyMatch(key -> key.pattern() || !Glob.compile(key.text(), true).isLiteral()
                            || FRAMING.contains(FieldName.of(key.text())));
            case Filter.Actions _ -> all(filter).stream().anyMatch(FRAMING::contains);
        };
    }

    /** Returns the names that a filter writes or removes. */
    static Set<FieldName> all(Filter filter) {
        return switch (filter) {
            case Filter.Rules rules -> rules.rules().stream().flatMap(OwnedFields::keys).map(Rule.Match::text)
                    .map(FieldName::of).collect(Collectors.toUnmodifiableSet());
            case Filter.Actions actions -> actions.actions().stream().filter(OwnedFields::isOwner).map(Action::key)
                    .map(FieldName::of).collect(Collectors.toUnmodifiableSet());
        };
    }

    private static Stream<Rule.Match> keys(Rule rule) {
        return rule.conditions().stream()
                .filter(condition -> condition.type() == EntityType.HEADER
                        && condition.option().filter(OwnedFields::isOwner).isPresent())
                .map(Rule.Condition::key).flatMap(Optional::stream);
    }

    private static boolean isOwner(EntityOption option) {
        return option == EntityOption.APPEND || option == EntityOption.SET || option == EntityOption.REMOVE;
    }

    private static boolean isOwner(Action action) {
        return action.type() == EntityType.HEADER && (action.kind() == ActionKind.APPEND
                || action.kind() == ActionKind.CHANGE || action.kind() == ActionKind.REMOVE);
    }

    /**
     * Takes the fields out of a message that could be mistaken for owned ones.
     *
     * @return name of the first one, if there was one
     */
    public static Optional<String> dropLookalikes(MessageHead head, Set<FieldName> owned) {
        Optional<String> first = Optional.empty();
        FieldTable fields = head.fields();
        for (int field = 0; field < fields.size(); field++) {
            String name = Octets.text(head.octets(), fields.nameAt(field), fields.nameLength(field));
            if (name.indexOf('_') >= 0 && owned.contains(FieldName.of(name.replace('_', '-')))) {
                fields.remove(field);
                first = first.isEmpty() ? Optional.of(name) : first;
            }
        }
        return first;
    }
}
