package org.relayd.ctl;

import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.Checks;
import org.relayd.ir.control.ControlReply.Done;
import org.relayd.ir.control.ControlReply.Event;
import org.relayd.ir.control.ControlReply.Failed;
import org.relayd.ir.control.ControlReply.HostRow;
import org.relayd.ir.control.ControlReply.Line;
import org.relayd.ir.control.ControlReply.Need;
import org.relayd.ir.control.ControlReply.Rates;
import org.relayd.ir.control.ControlReply.RedirectRow;
import org.relayd.ir.control.ControlReply.RedirectStatus;
import org.relayd.ir.control.ControlReply.Refused;
import org.relayd.ir.control.ControlReply.RelayRow;
import org.relayd.ir.control.ControlReply.RouterRow;
import org.relayd.ir.control.ControlReply.SessionRow;
import org.relayd.ir.control.ControlReply.SessionTag;
import org.relayd.ir.control.ControlReply.Statistics;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.json.JsonWriter;

/**
 * The rows of {@code relayctl show ... --json}: one object each, with all facts whatever is shown. relayctl(8):
 * OUTPUT.
 */
final class JsonRows {
    private JsonRows() {}

    /** Returns the object of a row, or empty for a reply that is no row. */
    static Optional<String> row(ControlReply reply) {
        return members(reply).map(json -> json.endObject().toString());
    }

    private static Optional<JsonWriter> members(ControlReply reply) {
        return switch (reply) {
            case RedirectRow(var id, var name, var status, var statistics)
                    -> Optional.of(sessions(object("redirect", id, name).member("status", words(status)), statistics));
            case TableRow(int id, String name, boolean enabled, int up) -> Optional.of(object("table", id, name)
                    .member("status", enabled ? up == 0 ? "empty" : "active" : "disabled").member("hostsUp", up));
            case HostRow(var id, var name, var parent, var enabled, var state, var checks)
                    -> Optional.of(host(object("host", id, name)
                            .member("parent", parent.map(OptionalInt::of).orElse(OptionalInt.empty()))
                            .member("status", enabled ? state.word() : "disabled"), checks));
            case RelayRow(var id, var name, var enabled, var statistics)
                    -> Optional.of(sessions(object("relay", id, name).member("status", enabled ? "active" : "disabled"),
                            Optional.of(statistics)));
            case RouterRow(var id, var name, var enabled, var rtable, var label, var routes)
                    -> Optional.of(object("router", id, name).member("status", enabled ? "active" : "disabled")
                            .member("rtable", rtable).member("label", label).member("routes", routes));
            case SessionRow(var process, var id, var client, var target, var done, var age, var idle, var relay, var pid, var tag)
                    -> Optional.of(object("session").member("process", process).member("id", id)
                            .member("client", client).member("target", target)
                            .member("status", done ? "done" : "running").member("ageSeconds", age)
                            .member("idleSeconds", idle).member("relay", relay).member("pid", pid)
                            .member("tag", tag.map(JsonRows::words)));
            case Need(var kind, String detail, String service, long pid)
                    -> Optional.of(object("need").member("need", kind.word()).member("detail", detail)
                            .member("service", service).member("pid", pid));
            case Done _,Failed _,Refused _,Line _,Event _ -> Optional.empty();
        };
    }

    private static JsonWriter object(String type) {
        return JsonWriter.row().beginObject().member("type", type);
    }

    private static JsonWriter object(String type, int id, String name) {
        return object(type).member("id", id).member("name", name);
    }

    private static String words(RedirectStatus status) {
        return switch (status) {
            case ACTIVE -> "active";
            case BACKUP -> "backup";
            case DOWN -> "down";
            case DISABLED -> "disabled";
        };
    }

    private static String words(SessionTag tag) {
        return switch (tag) {
            case SessionTag.Tag(int _, String name) -> name;
            case SessionTag.Mark(int number) -> Integer.toString(number);
        };
    }

    private static JsonWriter host(JsonWriter json, Checks checks) {
        return switch (checks) {
            case Checks(long up, long total, int retries, String last) -> json.member("checksUp", up)
                    .member("checks", total).member("retries", retries).member("lastResult", last);
        };
    }

    private static JsonWriter sessions(JsonWriter json, Optional<Statistics> statistics) {
        json.name("sessions");
        return statistics.isPresent() ? statistics(json, statistics.get()) : json.nothing();
    }

    private static JsonWriter statistics(JsonWriter json, Statistics statistics) {
        return switch (statistics) {
            case Statistics(long total, int seconds, Rates last, Rates average) -> {
                json.beginObject().member("total", total).member("intervalSeconds", seconds);
                rates(json.name("last"), last);
                yield rates(json.name("average"), average).endObject();
            }
        };
    }

    private static JsonWriter rates(JsonWriter json, Rates rates) {
        return switch (rates) {
            case Rates(long interval, long hour, long day) -> json.beginObject().member("interval", interval)
                    .member("hour", hour).member("day", day).endObject();
        };
    }
}
