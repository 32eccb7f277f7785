package org.relayd.ir.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.control.ControlReply.Checks;
import org.relayd.ir.control.ControlReply.EventKind;
import org.relayd.ir.control.ControlReply.NeedKind;
import org.relayd.ir.control.ControlReply.Rates;
import org.relayd.ir.control.ControlReply.RedirectStatus;
import org.relayd.ir.control.ControlReply.SessionTag;
import org.relayd.ir.control.ControlReply.Statistics;
import org.relayd.ir.term.HostState;

/** The bytes of replies. */
final class ReplyCodec {
    private static final int DONE = 1;
    private static final int FAILED = 2;
    private static final int REFUSED = 3;
    private static final int LINE = 4;
    private static final int REDIRECT = 5;
    private static final int TABLE = 6;
    private static final int HOST = 7;
    private static final int RELAY = 8;
    private static final int ROUTER = 9;
    private static final int SESSION = 10;
    private static final int EVENT = 11;
    private static final int NEED = 12;

    private ReplyCodec() {}

    static void write(ControlReply reply, WireWriter to) {
        switch (reply) {
            case ControlReply.Done() -> to.octet(DONE);
            case ControlReply.Failed() -> to.octet(FAILED);
            case ControlReply.Refused(String reason) -> to.octet(REFUSED).text(reason);
            case ControlReply.Line(String text) -> to.octet(LINE).text(text);
            case ControlReply.RedirectRow(var id, var name, var status, var statistics)
                    -> to.octet(REDIRECT).number(id).text(name).constant(status, RedirectStatus.values())
                            .optional(statistics, counts -> write(counts, to));
            case ControlReply.TableRow(int id, String name, boolean enabled, int up)
                    -> to.octet(TABLE).number(id).text(name).flag(enabled).number(up);
            case ControlReply.HostRow(var id, var name, var parent, var enabled, var state, var checks) -> {
                to.octet(HOST).number(id).text(name).optional(parent, to::number).flag(enabled)
                        .constant(state, HostState.values());
                write(checks, to);
            }
            case ControlReply.RelayRow(var id, var name, var enabled, var statistics) -> {
                to.octet(RELAY).number(id).text(name).flag(enabled);
                write(statistics, to);
            }
            case ControlReply.RouterRow(var id, var name, var enabled, var rtable, var label, var routes)
                    -> to.octet(ROUTER).number(id).text(name).flag(enabled).number(rtable).optional(label, to::text)
                            .list(routes, to::text);
            case ControlReply.SessionRow row -> write(row, to.octet(SESSION));
            case ControlReply.Need(var kind, String detail, String service, long pid) -> to.octet(NEED)
                    .constant(kind, NeedKind.values()).text(detail).text(service).large(pid);
            case ControlReply.Event(var kind, var time, var pid, var id, var name, boolean named, var state) -> to
                    .octet(EVENT)
                    .constant(kind, EventKind.values()).large(time.getEpochSecond()).large(pid).number(id)
                    .optional(name, to::text).flag(named).optional(state, now -> to.constant(now, HostState.values()));
        }
    }

    private static void write(Checks checks, WireWriter to) {
        switch (checks) {
            case Checks(long up, long total, int retries, String last)
                    -> to.large(up).large(total).number(retries).text(last);
        }
    }

    private static void write(Statistics statistics, WireWriter to) {
        switch (statistics) {
            case Statistics(long total, int seconds, Rates last, Rates average) -> {
                to.large(total).number(seconds);
                write(last, to);
                write(average, to);
            }
        }
    }

    private static void write(Rates rates, WireWriter to) {
        switch (rates) {
            case Rates(var interval, var hour, var day) -> to.large(interval).large(hour).large(day);
        }
    }

    private static void write(ControlReply.SessionRow row, WireWriter to) {
        switch (row) {
            case ControlReply.SessionRow(var process, var id, var client, var target, var done, var age, var idle, var relay, var relayName, var pid, var tag)
                    -> to.number(process).large(id).text(client).text(target).flag(done).large(age).large(idle)
                            .number(relay).text(relayName).large(pid).optional(tag, value -> write(value, to));
        }
    }

    private static void write(SessionTag tag, WireWriter to) {
        switch (tag) {
            case SessionTag.Tag(int id, String name) -> to.flag(true).number(id).text(name);
            case SessionTag.Mark(int number) -> to.flag(false).number(number);
        }
    }

    static ControlReply read(WireReader from) throws ControlFormatException {
        return switch (from.octet()) {
            case DONE -> new ControlReply.Done();
            case FAILED -> new ControlReply.Failed();
            case REFUSED -> new ControlReply.Refused(from.text());
            case LINE -> new ControlReply.Line(from.text());
            case REDIRECT -> new ControlReply.RedirectRow(from.number(), from.text(),
                    from.constant(RedirectStatus.values()), from.optional(() -> statistics(from)));
            case TABLE -> new ControlReply.TableRow(from.number(), from.text(), from.flag(), from.number());
            case HOST -> new ControlReply.HostRow(from.number(), from.text(), from.optional(from::number), from.flag(),
                    from.constant(HostState.values()), checks(from));
            case RELAY -> new ControlReply.RelayRow(from.number(), from.text(), from.flag(), statistics(from));
            case ROUTER -> new ControlReply.RouterRow(from.number(), from.text(), from.flag(), from.number(),
                    from.optional(from::text), from.list(from::text));
            case SESSION -> new ControlReply.SessionRow(from.number(), from.large(), from.text(), from.text(),
                    from.flag(), from.large(), from.large(), from.number(), from.text(), from.large(),
                    from.optional(() -> tag(from)));
            case EVENT -> new ControlReply.Event(from.constant(EventKind.values()), time(from), from.large(),
                    from.number(), from.optional(from::text), from.flag(),
                    from.optional(() -> from.constant(HostState.values())));
            case NEED -> new ControlReply.Need(from.constant(NeedKind.values()), from.text(), from.text(),
                    from.large());
            default -> throw new ControlFormatException("unknown reply");
        };
    }

    private static Instant time(WireReader from) throws ControlFormatException {
        long seconds = from.large();
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
            throw new ControlFormatException("bad time");
        }
        return Instant.ofEpochSecond(seconds);
    }

    private static Checks checks(WireReader from) throws ControlFormatException {
        return new Checks(from.large(), from.large(), from.number(), from.text());
    }

    private static Statistics statistics(WireReader from) throws ControlFormatException {
        return new Statistics(from.large(), from.number(), rates(from), rates(from));
    }

    private static Rates rates(WireReader from) throws ControlFormatException {
        return new Rates(from.large(), from.large(), from.large());
    }

    private static SessionTag tag(WireReader from) throws ControlFormatException {
        return from.flag() ? new SessionTag.Tag(from.number(), from.text()) : new SessionTag.Mark(from.number());
    }
}
