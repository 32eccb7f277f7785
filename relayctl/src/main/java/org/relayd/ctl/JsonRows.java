package org.relayd.ctl;

import java.util.List;
import java.util.Optional;
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
import org.relayd.ir.term.HostState;

/**
 * The rows of {@code relayctl show ... --json}: one object each, with all facts whatever is shown. relayctl(8):
 * OUTPUT.
 */
final class JsonRows {
    private JsonRows() {}

    /** Returns the object of a row, or empty for a reply that is no row. */
    static Optional<Json> row(ControlReply reply) {
        return switch (reply) {
            case RedirectRow(var id, var name, var status, var statistics)
                    -> Optional.of(object("redirect", id, name).text("status", words(status))
                            .object("sessions", statistics.map(JsonRows::sessions)));
            case TableRow(int id, String name, boolean enabled, int up) -> Optional.of(object("table", id, name)
                    .text("status", enabled ? up == 0 ? "empty" : "active" : "disabled").number("hostsUp", up));
            case HostRow(var id, var name, var parent, var enabled, var state, var checks)
                    -> Optional.of(host(object("host", id, name).number("parent", parent)
                            .text("status", enabled ? state.word() : "disabled"), checks));
            case RelayRow(var id, var name, var enabled, var statistics)
                    -> Optional.of(object("relay", id, name).text("status", enabled ? "active" : "disabled")
                            .object("sessions", Optional.of(sessions(statistics))));
            case RouterRow(var id, var name, var enabled, var rtable, var label, var routes)
                    -> Optional.of(object("router", id, name).text("status", enabled ? "active" : "disabled")
                            .number("rtable", rtable).text("label", label).texts("routes", routes));
            case SessionRow(var process, var id, var client, var target, var done, var age, var idle, var relay, var pid, var tag)
                    -> Optional.of(new Json().text("type", "session").number("process", process).number("id", id)
                            .text("client", client).text("target", target).text("status", done ? "done" : "running")
                            .number("ageSeconds", age).number("idleSeconds", idle).number("relay", relay)
                            .number("pid", pid)
                            .text("tag", tag.map(JsonRows::words)));
            case Need(var kind, String detail, String service, long pid)
                    -> Optional.of(new Json().text("type", "need").text("need", kind.word()).text("detail", detail)
                            .text("service", service).number("pid", pid));
            case Done _,Failed _,Refused _,Line _,Event _ -> Optional.empty();
        };
    }

    private static Json object(String type, int id, String name) {
        return new Json().text("type", type).number("id", id).text("name", name);
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

    private static Json host(Json host, Checks checks) {
        return switch (checks) {
            case Checks(long up, long total, int retries, String last) -> host.number("checksUp", up)
                    .number("checks", total).number("retries", retries).text("lastResult", last);
        };
    }

    private static Json sessions(Statistics statistics) {
        return switch (statistics) {
            case Statistics(long total, int seconds, Rates last, Rates average)
                    -> new Json().number("total", total).number("intervalSeconds", seconds)
                            .object("last", Optional.of(rates(last))).object("average", Optional.of(rates(average)));
        };
    }

    private static Json rates(Rates rates) {
        return switch (rates) {
            case Rates(long interval, long hour, long day)
                    -> new Json().number("interval", interval).number("hour", hour).number("day", day);
        };
    }
}
