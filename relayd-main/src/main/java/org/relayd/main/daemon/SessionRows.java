package org.relayd.main.daemon;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.config.Rule;
import org.relayd.ir.control.ControlReply.SessionRow;
import org.relayd.ir.control.ControlReply.SessionTag;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayPath;
import org.relayd.runtime.relay.session.SessionView;

/** The rows of {@code relayctl show sessions}. */
final class SessionRows {
    /** All relays run in one process, which the original numbers from 1. */
    private static final int PROCESS = 1;

    private SessionRows() {}

    /** Returns the rows in order of the sessions' numbers. */
    static List<SessionRow> of(List<SessionView> sessions, Plan plan, long pid) {
        List<String> tags = tags(plan);
        Set<RelayId> marking = plan.relays().paths().stream().filter(SessionRows::marks).map(RelayPath::id)
                .collect(Collectors.toUnmodifiableSet());
        return sessions.stream().sorted(Comparator.comparingLong(SessionView::id))
                .map(session -> row(session, marking.contains(session.relay()), tags, pid)).toList();
    }

    /** Returns whether sessions carry marks: a file may have protocols of both dialects. */
    private static boolean marks(RelayPath path) {
        return path.inspect() instanceof RelayNode.Inspect.Http http && http.filter() instanceof Filter.Actions;
    }

    /** The names of all tags, in the order in which rules name them. */
    private static List<String> tags(Plan plan) {
        return plan.relays().paths().stream().flatMap(SessionRows::rules).flatMap(SessionRows::tags).distinct()
                .toList();
    }

    private static Stream<Rule> rules(RelayPath path) {
        return path.inspect() instanceof RelayNode.Inspect.Http http
                && http.filter() instanceof Filter.Rules(List<Rule> rules) ? rules.stream() : Stream.empty();
    }

    private static Stream<String> tags(Rule rule) {
        Stream<String> set = rule.tag() instanceof Rule.Marking.Set(String name) ? Stream.of(name) : Stream.empty();
        return Stream.concat(rule.tagged().stream(), set);
    }

    private static SessionRow row(SessionView view, boolean marks, List<String> tags, long pid) {
        return switch (view) {
            case SessionView(var id, var relay, var name, var client, var target, var done, var age, var idle, var tag)
                    -> new SessionRow(PROCESS, id, text(client), target.map(SessionRows::text).orElse(":0"), done,
                            age.toSeconds(), idle.toSeconds(), relay.number(), name, pid,
                            tag.map(text -> tag(text, marks, tags)));
        };
    }

    private static String text(InetSocketAddress address) {
        return IpAddress.of(address.getAddress()) + ":" + address.getPort();
    }

    /** A session that has outlived its configuration may carry the tag of another dialect. */
    private static SessionTag tag(String text, boolean marks, List<String> tags) {
        return marks && text.matches("\\d{1,5}") ? new SessionTag.Mark(Integer.parseInt(text))
                : new SessionTag.Tag(tags.indexOf(text) + 1, text);
    }
}
