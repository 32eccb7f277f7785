package org.relayd.runtime.relay.http.action;

import java.util.Optional;
import org.relayd.ir.config.Action;
import org.relayd.ir.pattern.Glob;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.Octets;
import org.relayd.runtime.relay.http.rule.FilterSession;
import org.relayd.runtime.relay.http.rule.MacroValue;

/**
 * An action ready to be evaluated. Immutable; any thread.
 *
 * @param action
 *            as checked
 * @param number
 *            place in the protocol, from 0
 * @param name
 *            the key as a field name
 * @param value
 *            glob that the value is compared with
 * @param written
 *            what append and change write
 */
record CompiledAction(Action action, int number, FieldName name, Glob value, MacroValue written) {

    static CompiledAction of(Action action, int number) {
        String text = action.value().orElse("*");
        return new CompiledAction(action, number, FieldName.of(action.key()), Glob.compile(text, false),
                MacroValue.of(text, false));
    }

    /** Returns whether a value of the network fits the glob. */
    boolean fits(String text) {
        byte[] octets = Octets.of(text);
        return value.matches(octets, 0, octets.length);
    }

    /** Returns whether the session has the mark that the action asks for, if it asks for one. */
    boolean isMarked(FilterSession session) {
        return action.marked().isEmpty()
                || session.tag().equals(Optional.of(Integer.toString(action.marked().getAsInt())));
    }
}
