package org.relayd.main.daemon;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.control.ControlReply.SessionRow;
import org.relayd.ir.control.ControlReply.SessionTag;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.relay.SessionView;

/** The rows of {@code relayctl show sessions}. */
final class SessionRows {
    /** All relays run in one process, which the original numbers from 1. */
    private static final int PROCESS = 1;

    private SessionRows() {}

    /** Returns the rows in order of the sessions' numbers. */
    static List<SessionRow> of(List<SessionView> sessions, Plan plan) {
        return sessions.stream().sorted(Comparator.comparingLong(SessionView::id))
                .map(session -> row(session, plan.dialect())).toList();
    }

    private static SessionRow row(SessionView view, Dialect dialect) {
        return switch (view) {
            case SessionView(var id, var relay, var client, var target, var done, var age, var idle, var tag)
                    -> new SessionRow(PROCESS, id, text(client), target.map(SessionRows::text).orElse(":0"), done,
                            age.toSeconds(), idle.toSeconds(), relay.number(), ProcessHandle.current().pid(),
                            tag.flatMap(text -> tag(text, dialect)));
        };
    }

    private static String text(InetSocketAddress address) {
        return IpAddress.of(address.getAddress()) + ":" + address.getPort();
    }

    private static Optional<SessionTag> tag(String text, Dialect dialect) {
        return Optional.of(switch (dialect) {
            case CURRENT -> new SessionTag.Tag(text);
            case V5_1 -> new SessionTag.Mark(Integer.parseInt(text));
        });
    }
}
