package org.relayd.ctl;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.relayd.ir.control.ControlCodec;
import org.relayd.ir.control.ControlReply.Event;
import org.relayd.ir.control.ControlReply.EventKind;
import org.relayd.ir.term.HostState;

/**
 * The lines of {@code relayctl monitor}.
 *
 * @param zone
 *            time zone of the time stamps
 */
record MonitorText(ZoneId zone) {
    /** As ctime(3) prints it. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);

    /** Returns the lines of an event. */
    String lines(Event event) {
        return switch (event) {
            case Event(var kind, var time, var pid, var id, var name, var named, var state) -> kind.word()
                    + ": imsg type "
                    + kind.number() + " len " + ControlCodec.frame(event).length
                    + " peerid 0 pid " + pid + "\n\ttimestamp: " + time.getEpochSecond() + ", "
                    + TIME.format(time.atZone(zone)) + "\n" + (kind == EventKind.SYNC ? "" : "\tid: " + id + "\n")
                    + name.filter(_ -> named).map(text -> "\tname: " + text + "\n").orElse("")
                    + state.map(now -> "\tstate: " + now.word() + "\n").orElse("");
        };
    }
}
