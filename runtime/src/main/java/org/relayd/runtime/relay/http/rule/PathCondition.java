package org.relayd.runtime.relay.http.rule;

import java.util.Optional;
import org.relayd.ir.config.Rule;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityOption;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;
import org.relayd.runtime.relay.http.head.RequestMethod;

/**
 * The path of a request, without query, in its raw form: what is matched is what is passed on.
 *
 * @param key
 *            glob or pattern for the path; empty if the rule names none
 * @param query
 *            glob or pattern for the whole query; only without option
 * @param option
 *            what is done
 * @param written
 *            what append adds and set writes
 * @param strip
 *            leading components that strip drops
 */
record PathCondition(Optional<TextMatch> key, TextMatch query, Optional<EntityOption> option, MacroValue written,
        int strip) implements EntityCondition {
    static PathCondition of(Rule.Condition condition) {
        Optional<Rule.Match> key = Keys.of(condition);
        boolean appends = condition.option().filter(option -> option == EntityOption.APPEND).isPresent();
        String written = appends ? key.map(Rule.Match::text).orElse("")
                : condition.value().map(Rule.Match::text).orElse("");
        Optional<TextMatch> wanted = appends ? Optional.empty() : key.map(match -> TextMatch.of(match, true));
        return new PathCondition(wanted, Keys.value(condition, false), condition.option(),
                MacroValue.of(encoded(written), true), condition.strip().orElse(0));
    }

    /** Returns the text with octets that may not stand in a request target in percent form. */
    private static String encoded(String text) {
        StringBuilder path = new StringBuilder();
        for (byte octet : Octets.written(text)) {
            if (octet > ' ' && octet != 0x7f && octet != '#') {
                path.append((char) octet);
            } else {
                path.append(String.format("%%%02X", octet & 0xff));
            }
        }
        return path.toString();
    }

    @Override
    public boolean matches(RuleRun run, Found found) {
        found.nothing();
        MessageHead head = run.head();
        boolean fits = key.isEmpty() || key.get().matches(run.octets(), head.pathAt(), head.pathLength(), run);
        return fits && (option.isPresent() || key.isEmpty() || query.isAny()
                || query.matches(run.octets(), head.queryAt(), head.queryLength(), run));
    }

    @Override
    public void act(RuleRun run, Found found) {
        if (option.isEmpty()) {
            return;
        }
        MessageHead head = run.head();
        switch (option.get()) {
            case APPEND -> edit(head, path(head) + text(written.octets(head, run.session(), Direction.REQUEST)));
            case SET -> edit(head, text(written.octets(head, run.session(), Direction.REQUEST)));
            case REMOVE -> edit(head, "");
            case STRIP -> edit(head, stripped(path(head)));
            case HASH -> run.session().hashInput().add(run.octets(), head.pathAt(), head.pathLength());
            case LOG -> run.log(head.prefix() + path(head),
                    Octets.text(run.octets(), head.queryAt(), head.queryLength()));
        }
    }

    private static String path(MessageHead head) {
        return Octets.text(head.octets(), head.pathAt(), head.pathLength());
    }

    private static String text(byte[] octets) {
        return Octets.text(octets, 0, octets.length);
    }

    /**
     * Replaces the path by another one, which begins with a slash: after an absolute target it would else become a
     * part of the host. What CONNECT and an asterisk name is no path.
     */
    private static void edit(MessageHead head, String path) {
        boolean asterisk = head.pathLength() == 1 && head.octets()[head.pathAt()] == '*';
        if (head.method() != RequestMethod.CONNECT && !asterisk) {
            head.path(Octets.of(path.startsWith("/") ? path : "/" + path));
        }
    }

    private String stripped(String path) {
        int at = 0;
        for (int i = 0; i < strip && at >= 0; i++) {
            at = path.indexOf('/', at + 1);
        }
        return at < 0 ? "/" : path.substring(at);
    }
}
