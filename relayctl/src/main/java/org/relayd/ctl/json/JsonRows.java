package org.relayd.ctl.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.Checks;
import org.relayd.ir.control.ControlReply.Done;
import org.relayd.ir.control.ControlReply.Event;
import org.relayd.ir.control.ControlReply.Failed;
import org.relayd.ir.control.ControlReply.HostRow;
import org.relayd.ir.control.ControlReply.Line;
import org.relayd.ir.control.ControlReply.Need;
import org.relayd.ir.control.ControlReply.RedirectRow;
import org.relayd.ir.control.ControlReply.Refused;
import org.relayd.ir.control.ControlReply.RelayRow;
import org.relayd.ir.control.ControlReply.RouterRow;
import org.relayd.ir.control.ControlReply.SessionRow;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.ir.json.JsonWriter;

/**
 * The rows of {@code relayctl show ... --json}: one object each, with all facts whatever is shown. Tables are those of
 * the service before them, hosts those of the table before them. relayctl(8): JSON.
 */
public final class JsonRows {
    /** What rows belong to. */
    private record Owner(String type, int id, String name) {}

    private final Map<Integer, String> hosts = new HashMap<>();
    private Optional<Owner> service = Optional.empty();
    private Optional<Owner> table = Optional.empty();

    private JsonRows(List<ControlReply> rows) {
        rows.stream().filter(HostRow.class::isInstance).map(HostRow.class::cast)
                .forEach(host -> hosts.put(host.id(), host.name()));
    }

    /** Returns the subject to ask for, whose rows say where those of the other one belong. */
    public static Subject asked(Subject subject) {
        return switch (subject) {
            case SUMMARY, HOSTS -> Subject.SUMMARY;
            case REDIRECTS, RELAYS, ROUTERS, SESSIONS, NEEDS -> subject;
        };
    }

    /** Returns the array for the rows that were answered to {@link #asked}. */
    public static String array(Subject subject, List<ControlReply> rows) {
        JsonRows objects = new JsonRows(rows);
        List<String> lines = rows.stream().flatMap(row -> objects.object(row).stream()
                .filter(_ -> subject != Subject.HOSTS || row instanceof TableRow || row instanceof HostRow)).toList();
        return lines(lines.stream());
    }

    /** Returns an array with one object in each line. */
    public static String lines(Stream<String> objects) {
        List<String> lines = objects.toList();
        return lines.isEmpty() ? "[]" : "[\n " + String.join(",\n ", lines) + "\n]";
    }

    /** Returns the object of a row, or empty for a reply that is no row. */
    private Optional<String> object(ControlReply reply) {
        return switch (reply) {
            case RedirectRow(var id, var name, var status, var statistics) -> {
                service = Optional.of(new Owner("redirect", id, name));
                yield ended(JsonStatistics.write(named("redirect", id, name)
                        .member("status", StatusWord.of(status)).name("sessions"), statistics));
            }
            case RelayRow(var id, var name, var enabled, var statistics) -> {
                service = Optional.of(new Owner("relay", id, name));
                yield ended(JsonStatistics.write(named("relay", id, name)
                        .member("status", StatusWord.of(enabled)).name("sessions"), Optional.of(statistics)));
            }
            case RouterRow(var id, var name, var enabled, var rtable, var label, var routes) -> {
                service = Optional.of(new Owner("router", id, name));
                yield ended(named("router", id, name).member("status", StatusWord.of(enabled)).member("rtable", rtable)
                        .member("label", label).member("routes", routes));
            }
            case TableRow(int id, String name, boolean enabled, int up) -> {
                table = Optional.of(new Owner("table", id, name));
                yield ended(named("table", id, name).member("ownerType", service.map(Owner::type))
                        .member("owner", number(service.map(Owner::id))).member("ownerName", service.map(Owner::name))
                        .member("status", StatusWord.of(enabled, up)).member("hostsUp", up));
            }
            case HostRow host -> ended(host(host));
            case SessionRow session -> ended(JsonSession.write(object("session"), session));
            case Need(var kind, String detail, String by, long pid)
                    -> ended(object("need").member("need", kind.word()).member("detail", detail)
                            .member("service", by).member("pid", pid));
            case Done _,Failed _,Refused _,Line _,Event _ -> Optional.empty();
        };
    }

    private static Optional<String> ended(JsonWriter json) {
        return Optional.of(json.endObject().toString());
    }

    private static JsonWriter object(String type) {
        return JsonWriter.row().beginObject().member("type", type);
    }

    private static JsonWriter named(String type, int id, String name) {
        return object(type).member("id", id).member("name", name);
    }

    private static OptionalInt number(Optional<Integer> id) {
        return id.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private JsonWriter host(HostRow host) {
        return switch (host) {
            case HostRow(int id, String name, var parent, boolean enabled, var state, Checks(long up, long total, int retries, String last))
                    -> named("host", id, name).member("table", number(table.map(Owner::id)))
                            .member("tableName", table.map(Owner::name)).member("parent", number(parent))
                            .member("parentName", parent.map(of -> hosts.getOrDefault(of, "")))
                            .member("status", enabled ? state.word() : StatusWord.DISABLED).member("checksUp", up)
                            .member("checks", total).member("retries", retries).member("lastResult", last);
        };
    }
}
