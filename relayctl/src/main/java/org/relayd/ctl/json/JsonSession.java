package org.relayd.ctl.json;

import java.util.OptionalInt;
import org.relayd.ir.control.ControlReply.SessionRow;
import org.relayd.ir.control.ControlReply.SessionTag;
import org.relayd.ir.json.JsonWriter;

/** A session as JSON. relayctl(8): JSON. */
final class JsonSession {
    /** How the original writes a target that is not chosen. */
    private static final String NO_TARGET = ":0";

    private JsonSession() {}

    /** Writes the members of a session after those that all objects have. */
    static JsonWriter write(JsonWriter json, SessionRow row) {
        return switch (row) {
            case SessionRow(var process, var id, var client, var target, var done, var age, var idle, var relay, var name, var pid, var tag) -> {
                json.member("id", id).member("process", process).member("client", client);
                JsonWriter to = target.equals(NO_TARGET) ? json.name("target").nothing()
                        : json.member("target", target);
                to.member("status", done ? "done" : "running").member("ageSeconds", age).member("idleSeconds", idle)
                        .member("relay", relay).member("relayName", name).member("pid", pid);
                yield to.member("tag", tag.map(JsonSession::number).orElse(OptionalInt.empty()))
                        .member("tagName", tag.map(JsonSession::name));
            }
        };
    }

    private static OptionalInt number(SessionTag tag) {
        return switch (tag) {
            case SessionTag.Tag(int id, String _) -> OptionalInt.of(id);
            case SessionTag.Mark(int number) -> OptionalInt.of(number);
        };
    }

    private static String name(SessionTag tag) {
        return switch (tag) {
            case SessionTag.Tag(int _, String name) -> name;
            case SessionTag.Mark(int number) -> Integer.toString(number);
        };
    }
}
