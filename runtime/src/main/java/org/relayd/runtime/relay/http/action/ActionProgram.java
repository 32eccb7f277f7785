package org.relayd.runtime.relay.http.action;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relayd.ir.config.Action;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * The actions of one direction, found by entity and key; actions on one key stand in file order. Immutable; any thread.
 */
final class ActionProgram {
    private final List<CompiledAction> all = new ArrayList<>();
    private final Map<FieldName, List<CompiledAction>> headers = new HashMap<>();
    private final Map<EntityType, Map<String, List<CompiledAction>>> others = new HashMap<>();

    ActionProgram(List<Action> actions, Direction direction) {
        for (Action action : actions) {
            if (action.direction() == direction) {
                add(CompiledAction.of(action, all.size()));
            }
        }
    }

    private void add(CompiledAction compiled) {
        all.add(compiled);
        Action action = compiled.action();
        if (action.type() == EntityType.HEADER) {
            headers.computeIfAbsent(compiled.name(), _ -> new ArrayList<>()).add(compiled);
        } else {
            others.computeIfAbsent(action.type(), _ -> new HashMap<>())
                    .computeIfAbsent(lowered(Octets.written(action.key())), _ -> new ArrayList<>()).add(compiled);
        }
    }

    /** Returns all actions in file order. */
    List<CompiledAction> all() {
        return all;
    }

    /** Actions on header fields, by name. */
    Map<FieldName, List<CompiledAction>> headers() {
        return headers;
    }

    /** Returns whether there is an action on entities of a type. */
    boolean has(EntityType type) {
        return others.containsKey(type);
    }

    /** Actions on an entity; keys are compared without regard to case. */
    List<CompiledAction> of(EntityType type, String key) {
        return others.getOrDefault(type, Map.of()).getOrDefault(lowered(Octets.of(key)), List.of());
    }

    private static String lowered(byte[] key) {
        return Octets.text(Octets.lowered(key), 0, key.length);
    }

    /** Returns whether the target can be chosen only when the request is known. */
    boolean connectsLate() {
        return all.stream().map(action -> action.action().kind())
                .anyMatch(kind -> kind == ActionKind.EXPECT || kind == ActionKind.FILTER || kind == ActionKind.HASH);
    }
}
