package org.relayd.ctl;

import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.ctl.json.JsonEvent;
import org.relayd.ctl.json.JsonRows;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.Event;
import org.relayd.ir.control.ControlReply.HostRow;
import org.relayd.ir.control.ControlReply.Line;
import org.relayd.ir.control.ControlReply.Need;
import org.relayd.ir.control.ControlReply.RedirectRow;
import org.relayd.ir.control.ControlReply.RelayRow;
import org.relayd.ir.control.ControlReply.RouterRow;
import org.relayd.ir.control.ControlReply.SessionRow;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.control.ControlRequest.Subject;

/** One command on one connection: sends the request and prints what comes back. */
final class CommandRun {
    private final PrintStream out;
    private final PrintStream err;
    private final Form form;
    private final MonitorText events;

    /** How replies are printed. */
    sealed interface Form {
        /** As objects. */
        record Json() implements Form {}

        /** As lines, with states in these paints. */
        record Text(Palette palette) implements Form {}
    }

    CommandRun(PrintStream out, PrintStream err, Form form, ZoneId zone) {
        this.out = out;
        this.err = err;
        this.form = form;
        this.events = new MonitorText(zone);
    }

    /**
     * Carries out a command.
     *
     * @return exit status: 0 if the daemon did what was asked
     * @throws IOException
     *             if the connection breaks or the daemon speaks another version
     */
    int run(DaemonConnection connection, ControlRequest request) throws IOException {
        boolean json = form instanceof Form.Json;
        connection.send(json && request instanceof ControlRequest.Show(var subject)
                ? new ControlRequest.Show(JsonRows.asked(subject))
                : request);
        return switch (request) {
            case ControlRequest.Show(var subject) -> switch (form) {
                case Form.Json() -> showJson(connection, subject);
                case Form.Text(Palette palette) -> show(connection, new SummaryText(subject, palette));
            };
            case ControlRequest.Switch _,ControlRequest.Poll _ -> command(connection);
            case ControlRequest.Reload _,ControlRequest.Load _ -> reload(connection);
            case ControlRequest.SetVerbose _ -> {
                boolean done = last(connection) instanceof ControlReply.Done;
                out.println("logging request sent.");
                yield done ? 0 : 1;
            }
            case ControlRequest.Monitor _,ControlRequest.Stop _ -> follow(connection);
        };
    }

    private int show(DaemonConnection connection, SummaryText text) throws IOException {
        out.print(text.heading());
        while (true) {
            ControlReply reply = connection.receive();
            Optional<Integer> end = end(reply);
            if (end.isPresent()) {
                return end.get();
            }
            out.print(reply instanceof SessionRow row ? SessionText.lines(row) : text.row(reply));
        }
    }

    /**
     * Collects the rows of one subject.
     *
     * @throws IOException
     *             also if the daemon refuses
     */
    static List<ControlReply> rows(DaemonConnection connection, Subject subject) throws IOException {
        connection.send(new ControlRequest.Show(subject));
        List<ControlReply> rows = new ArrayList<>();
        while (true) {
            ControlReply reply = connection.receive();
            switch (reply) {
                case ControlReply.Done _ -> {
                    return rows;
                }
                case ControlReply.Failed _ -> throw new IOException("command failed");
                case ControlReply.Refused(String reason) -> throw new IOException(reason);
                case Line _,RedirectRow _,TableRow _,HostRow _,RelayRow _,RouterRow _,SessionRow _,Event _,Need _
                        -> rows.add(reply);
            }
        }
    }

    /** Prints nothing if the daemon refuses, or breaks off. */
    private int showJson(DaemonConnection connection, Subject subject) throws IOException {
        List<ControlReply> rows = new ArrayList<>();
        while (true) {
            ControlReply reply = connection.receive();
            Optional<Integer> end = end(reply);
            if (end.isPresent()) {
                if (end.get() == 0) {
                    out.println(JsonRows.array(subject, rows));
                }
                return end.get();
            }
            rows.add(reply);
        }
    }

    private int command(DaemonConnection connection) throws IOException {
        int status = end(last(connection)).orElse(1);
        out.println(status == 0 ? "command succeeded" : "command failed");
        return status;
    }

    /** Waits for the result; prints nothing but why it was refused. */
    private int reload(DaemonConnection connection) throws IOException {
        return end(last(connection)).orElse(1);
    }

    /** Prints events until the daemon closes the connection, which is thrown as the end of the file. */
    private int follow(DaemonConnection connection) throws IOException {
        while (true) {
            ControlReply reply = connection.receive();
            if (reply instanceof Event event) {
                out.print(switch (form) {
                    case Form.Json() -> JsonEvent.line(event) + "\n";
                    case Form.Text _ -> events.lines(event);
                });
                out.flush();
            }
            Optional<Integer> end = end(reply);
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    /** Returns the last reply; lines before it go to standard error. */
    private ControlReply last(DaemonConnection connection) throws IOException {
        while (true) {
            ControlReply reply = connection.receive();
            if (reply instanceof Line(String text)) {
                err.println(text);
            } else {
                return reply;
            }
        }
    }

    private Optional<Integer> end(ControlReply reply) {
        return switch (reply) {
            case ControlReply.Done _ -> Optional.of(0);
            case ControlReply.Failed _ -> Optional.of(1);
            case ControlReply.Refused(String reason) -> {
                err.println("relayctl: " + reason);
                yield Optional.of(1);
            }
            case Line _,RedirectRow _,TableRow _,HostRow _,RelayRow _,RouterRow _,SessionRow _,Event _,Need _
                    -> Optional.empty();
        };
    }
}
