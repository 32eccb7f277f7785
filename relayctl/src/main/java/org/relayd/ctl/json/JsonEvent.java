package org.relayd.ctl.json;

import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.control.ControlReply.Event;
import org.relayd.ir.control.ControlReply.EventKind;
import org.relayd.ir.json.JsonWriter;
import org.relayd.ir.term.HostState;

/** An event of {@code relayctl monitor --json} as one line. relayctl(8): JSON. */
public final class JsonEvent {
    private JsonEvent() {}

    /** Returns the object of an event. */
    public static String line(Event event) {
        return switch (event) {
            case Event(var kind, var time, var pid, var id, var name, var _, var state) -> {
                Optional<String> of = object(kind);
                yield JsonWriter.row().beginObject().member("type", "event").member("event", kind.word())
                        .member("time", time.toString()).member("pid", pid).member("object", of)
                        .member("id", of.isPresent() ? OptionalInt.of(id) : OptionalInt.empty()).member("name", name)
                        .member("status", state.map(HostState::word)).endObject().toString();
            }
        };
    }

    /** Returns the type of what the event is about. */
    private static Optional<String> object(EventKind kind) {
        return switch (kind) {
            case REDIRECT_DISABLE, REDIRECT_ENABLE, PULL_RULESET, PUSH_RULESET -> Optional.of("redirect");
            case TABLE_DISABLE, TABLE_ENABLE, TABLE_CHANGED -> Optional.of("table");
            case HOST_DISABLE, HOST_ENABLE, HOST_STATUS -> Optional.of("host");
            case SYNC -> Optional.empty();
        };
    }
}
