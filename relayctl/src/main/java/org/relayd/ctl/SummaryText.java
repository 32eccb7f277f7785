package org.relayd.ctl;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relayd.ctl.Palette.Shade;
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
import org.relayd.ir.control.ControlReply.Statistics;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.ir.term.HostState;

/**
 * The tables of {@code relayctl show}, in the layout that scripts know. relayctl(8): OUTPUT.
 *
 * @param subject
 *            what is shown; decides which lines have details
 * @param palette
 *            paints states, which stand in the last column
 */
record SummaryText(Subject subject, Palette palette) {

    /** Returns the line above all rows; empty for sessions. */
    String heading() {
        if (subject == Subject.SESSIONS) {
            return "";
        }
        if (subject == Subject.NEEDS) {
            return need("Need", "Detail", "Service");
        }
        return line("Id", "Type", "Name", "Avlblty", "Status");
    }

    /** Returns the lines of one row, each with its line end; empty if this subject does not show it. */
    String row(ControlReply reply) {
        return switch (reply) {
            case RedirectRow(var id, var name, var status, var statistics)
                    -> line(id, "redirect", name, palette.paint(shade(status), status.words()))
                            + statistics.map(this::sessions).orElse("");
            case TableRow(int id, String name, boolean enabled, int up)
                    -> line(id, "table", name, tableStatus(enabled, up));
            case HostRow(var id, var name, var parent, var enabled, var state, var checks)
                    -> line(Integer.toString(id), "host", name + parent.map(of -> " parent " + of).orElse(""),
                            availability(checks), hostStatus(enabled, state)) + details(state, checks);
            case RelayRow(var id, var name, var enabled, var statistics)
                    -> line(id, "relay", name, status(enabled)) + sessions(statistics);
            case RouterRow(var id, var name, var enabled, var rtable, var label, var routes)
                    -> line(id, "router", name, status(enabled)) + routes(rtable, label, routes);
            case Need(var kind, String detail, String service, long _) -> need(kind.word(), detail, service);
            case Done _,Failed _,Refused _,Line _,SessionRow _,Event _ -> "";
        };
    }

    private static String need(String kind, String detail, String service) {
        return String.format(Locale.ROOT, "%-14s\t%-24s\t%s\n", kind, detail, service);
    }

    private static String line(int id, String type, String name, String status) {
        return line(Integer.toString(id), type, name, "", status);
    }

    private static String line(String id, String type, String name, String availability, String status) {
        return String.format(Locale.ROOT, "%-4s\t%-8s\t%-24s\t%-7s\t%s\n", id, type, name, availability, status);
    }

    private static String detail(String text) {
        return "\t" + " ".repeat(8) + "\t" + text + "\n";
    }

    private String status(boolean enabled) {
        return enabled ? palette.paint(Shade.GOOD, "active") : disabled();
    }

    private String disabled() {
        return palette.paint(Shade.DOUBTFUL, "disabled");
    }

    private String tableStatus(boolean enabled, int up) {
        if (!enabled) {
            return disabled();
        }
        return up == 0 ? palette.paint(Shade.BAD, "empty")
                : palette.paint(Shade.GOOD, "active (" + up + " hosts)");
    }

    private String hostStatus(boolean enabled, HostState state) {
        return enabled ? palette.paint(switch (state) {
            case UP -> Shade.GOOD;
            case UNKNOWN -> Shade.DOUBTFUL;
            case DOWN -> Shade.BAD;
        }, state.word()) : disabled();
    }

    private static Shade shade(RedirectStatus status) {
        return switch (status) {
            case ACTIVE -> Shade.GOOD;
            case BACKUP, DISABLED -> Shade.DOUBTFUL;
            case DOWN -> Shade.BAD;
        };
    }

    private static String availability(Checks checks) {
        return checks.total() == 0 ? "" : String.format(Locale.ROOT, "%.2f%%", checks.up() * 100.0 / checks.total());
    }

    private String details(HostState state, Checks checks) {
        if (subject != Subject.HOSTS || checks.total() == 0) {
            return "";
        }
        return detail("total: " + checks.up() + "/" + checks.total() + " checks"
                + (checks.retries() > 0 ? ", " + checks.retries() + " retries" : "")
                + (state == HostState.DOWN ? ", error: " + checks.last() : ""));
    }

    private String sessions(Statistics statistics) {
        boolean shown = subject == Subject.REDIRECTS || subject == Subject.RELAYS;
        if (!shown || statistics.total() == 0) {
            return "";
        }
        return detail("total: " + statistics.total() + " sessions")
                + detail("last: " + rates(statistics.last(), statistics.seconds()))
                + detail("average: " + rates(statistics.average(), statistics.seconds()));
    }

    private static String rates(Rates rates, int seconds) {
        return rates.interval() + "/" + seconds + "s " + rates.hour() + "/h " + rates.day() + "/d sessions";
    }

    private String routes(int rtable, Optional<String> label, List<String> routes) {
        if (subject != Subject.ROUTERS) {
            return "";
        }
        StringBuilder lines = new StringBuilder(rtable == 0 ? "" : detail("rtable: " + rtable));
        label.ifPresent(text -> lines.append(detail("rtlabel: " + text)));
        routes.forEach(route -> lines.append(detail("route: " + route)));
        return lines.toString();
    }
}
