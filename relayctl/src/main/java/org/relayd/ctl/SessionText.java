package org.relayd.ctl;

import java.util.Locale;
import java.util.Optional;
import org.relayd.ir.control.ControlReply.SessionRow;
import org.relayd.ir.control.ControlReply.SessionTag;

/** The lines of {@code relayctl show sessions}. relayctl(8): OUTPUT. */
final class SessionText {
    private SessionText() {}

    /** Returns the two lines of a session. */
    static String lines(SessionRow row) {
        return switch (row) {
            case SessionRow(var process, var id, var client, var target, var done, var age, var idle, var relay, var _, var pid, var tag)
                    -> "session " + process + ":" + id + " " + client + " -> " + target + "\t"
                            + (done ? "DONE" : "RUNNING")
                            + "\n\tage " + clock(age) + ", idle " + clock(idle) + ", relay " + relay + ", pid " + pid
                            + tag.map(SessionText::words).orElse("") + "\n";
        };
    }

    private static String words(SessionTag tag) {
        return switch (tag) {
            case SessionTag.Tag(int id, String _) -> ", tag (id) " + id;
            case SessionTag.Mark(int number) -> ", mark " + number;
        };
    }

    private static String clock(long seconds) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
