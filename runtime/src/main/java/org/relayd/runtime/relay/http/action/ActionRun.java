package org.relayd.runtime.relay.http.action;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.config.Action;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.DigestAlgorithm;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.Log;
import org.relayd.runtime.relay.http.filter.Refusal;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.FieldTable;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;
import org.relayd.runtime.relay.http.head.RequestMethod;
import org.relayd.runtime.relay.http.rule.CanonicalHost;
import org.relayd.runtime.relay.http.rule.FilterSession;
import org.relayd.runtime.relay.http.rule.LogText;
import org.relayd.runtime.relay.http.rule.Pairs;
import org.relayd.runtime.relay.http.rule.UrlDigest;
import org.relayd.runtime.relay.http.rule.UrlLookup;

/**
 * The evaluation of actions for one message: the request line first, then each header field in the order of arrival, at
 * last what never came. Reused; belongs to one event loop.
 */
final class ActionRun {
    private static final int NO_FIELD = -1;

    private final ActionProgram program;
    private final Direction direction;
    private final Log log;
    private final Pairs pairs = new Pairs();
    private final boolean[] seen;
    private final boolean[] satisfied;
    private Optional<Refusal> refusal = Optional.empty();

    ActionRun(ActionProgram program, Direction direction, Log log) {
        this.program = program;
        this.direction = direction;
        this.log = log;
        seen = new boolean[program.all().size()];
        satisfied = new boolean[program.all().size()];
    }

    /** Looks at a message and changes it; answers why it must not go on. */
    Optional<Refusal> evaluate(MessageHead head, FilterSession session) {
        Arrays.fill(seen, false);
        Arrays.fill(satisfied, false);
        refusal = Optional.empty();
        if (direction == Direction.REQUEST) {
            requestLine(head, session);
        }
        FieldTable fields = head.fields();
        int received = fields.size();
        for (int field = 0; field < received && refusal.isEmpty(); field++) {
            if (!fields.isRemoved(field)) {
                field(head, session, field);
            }
        }
        if (refusal.isEmpty()) {
            missing(head, session, received);
        }
        return refusal;
    }

    private void requestLine(MessageHead head, FilterSession session) {
        String query = Octets.text(head.octets(), head.queryAt(), head.queryLength());
        if (program.has(EntityType.PATH)) {
            String path = Octets.text(head.octets(), head.pathAt(), head.pathLength());
            entity(program.of(EntityType.PATH, path), head, session, head.prefix() + path, query);
        }
        // The original looks at variables only where it finds the word GET.
        if (program.has(EntityType.QUERY) && head.method() == RequestMethod.GET) {
            pairs.query(head.octets(), head.queryAt(), head.queryLength());
            pairs(EntityType.QUERY, head, session);
        }
    }

    private void pairs(EntityType type, MessageHead head, FilterSession session) {
        while (pairs.advance()) {
            entity(program.of(type, pairs.name()), head, session, pairs.name(), pairs.value());
        }
    }

    private void field(MessageHead head, FilterSession session, int field) {
        FieldTable fields = head.fields();
        for (var group : program.headers().entrySet()) {
            if (fields.isNamed(field, head.octets(), group.getKey())) {
                String name = Octets.text(head.octets(), fields.nameAt(field), fields.nameLength(field));
                group.getValue().forEach(action -> look(action, head, session, field, name, head.value(field)));
            }
        }
        if (direction == Direction.REQUEST && program.has(EntityType.COOKIE)
                && fields.isNamed(field, head.octets(), FieldName.COOKIE)) {
            pairs.cookies(head.octets(), fields.valueAt(field), fields.valueLength(field));
            pairs(EntityType.COOKIE, head, session);
        }
        if (direction == Direction.REQUEST && program.has(EntityType.URL)
                && fields.isNamed(field, head.octets(), FieldName.HOST)) {
            url(head, session, field);
        }
    }

    private void url(MessageHead head, FilterSession session, int field) {
        Optional<String> host = CanonicalHost.of(head.value(field));
        if (host.isEmpty()) {
            refusal = Optional.of(Refusal.of(Refusal.Reason.INVALID_HOST, Optional.empty()));
            return;
        }
        String path = Octets.text(head.octets(), head.pathAt(), head.pathLength());
        String query = Octets.text(head.octets(), head.queryAt(), head.queryLength());
        for (String text : UrlLookup.candidates(host.get(), path, query)) {
            entity(program.of(EntityType.URL, text), head, session, text, "");
            for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                entity(program.of(EntityType.URL, UrlDigest.of(algorithm, text)), head, session, text, "");
            }
        }
    }

    private void entity(List<CompiledAction> actions, MessageHead head, FilterSession session, String key,
            String value) {
        actions.forEach(action -> look(action, head, session, NO_FIELD, key, value));
    }

    /** An entity that an action asks for passes by. */
    private void look(CompiledAction compiled, MessageHead head, FilterSession session, int field, String key,
            String value) {
        Action action = compiled.action();
        if (refusal.isPresent()) {
            return;
        }
        boolean before = seen[compiled.number()];
        seen[compiled.number()] = true;
        if (!compiled.isMarked(session)) {
            return;
        }
        if (action.log() && action.kind() != ActionKind.LOG) {
            enter(action, session, key, value);
        }
        switch (action.kind()) {
            case APPEND -> append(compiled, head, session, field);
            case CHANGE, REMOVE -> remove(head, field);
            case EXPECT -> expect(compiled, before, value);
            case FILTER -> {
                if (compiled.fits(value)) {
                    refuse(Refusal.Reason.REJECTED, action);
                }
            }
            case HASH -> session.hashInput().add(Octets.of(value));
            case LOG -> {
                log.info("relay_handle_http: log '" + LogText.of(Octets.of(key + ": " + value), "'") + "'");
                enter(action, session, key, value);
            }
            case MARK -> {
                if (compiled.fits(value) && action.mark().isPresent()) {
                    session.tag(Optional.of(Integer.toString(action.mark().getAsInt())));
                }
            }
        }
    }

    private void append(CompiledAction compiled, MessageHead head, FilterSession session, int field) {
        if (field != NO_FIELD) {
            byte[] octets = compiled.written().octets(head, session, direction);
            String added = Octets.text(octets, 0, octets.length);
            head.replace(field, Octets.of(head.value(field) + ", " + added));
        }
    }

    private static void remove(MessageHead head, int field) {
        if (field != NO_FIELD) {
            head.fields().remove(field);
        }
    }

    private void expect(CompiledAction compiled, boolean before, String value) {
        if (before && compiled.action().type() == EntityType.HEADER) {
            refuse(Refusal.Reason.REPEATED, compiled.action());
        } else {
            // A line without a value is none, as in the original: nothing has come that could be expected.
            boolean came = compiled.action().type() != EntityType.HEADER || !value.isEmpty();
            satisfied[compiled.number()] |= came && compiled.fits(value);
        }
    }

    private void refuse(Refusal.Reason why, Action action) {
        refusal = Optional.of(Refusal.of(why, action.label()));
    }

    private static void enter(Action action, FilterSession session, String key, String value) {
        String label = action.label().map(text -> LogText.ofWritten(text) + ", ").orElse("");
        session.enter(" [" + label + LogText.of(key) + ": " + LogText.of(value) + "]");
    }

    /** All fields have passed: writes what is to be there, and refuses what should have come. */
    private void missing(MessageHead head, FilterSession session, int received) {
        for (CompiledAction compiled : program.all()) {
            Action action = compiled.action();
            boolean header = action.type() == EntityType.HEADER;
            boolean adds = action.kind() == ActionKind.CHANGE
                    || (action.kind() == ActionKind.APPEND && !seen[compiled.number()]);
            if (header && adds && compiled.isMarked(session)) {
                if (action.kind() == ActionKind.CHANGE) {
                    removeReceived(compiled, head, received);
                }
                head.add(compiled.name(), compiled.written().octets(head, session, direction));
            } else if (action.kind() == ActionKind.EXPECT && compiled.isMarked(session) && !isExpected(compiled)) {
                refuse(Refusal.Reason.INCOMPLETE, action);
                return;
            }
        }
    }

    /** Takes out the copies that passed before the session had the mark: what is changed must not go on as it came. */
    private static void removeReceived(CompiledAction compiled, MessageHead head, int received) {
        FieldTable fields = head.fields();
        int field = fields.find(head.octets(), compiled.name(), 0);
        while (field >= 0 && field < received) {
            fields.remove(field);
            field = fields.find(head.octets(), compiled.name(), field + 1);
        }
    }

    /** Returns whether one of the expectations on the key of this one was met. */
    private boolean isExpected(CompiledAction compiled) {
        for (CompiledAction other : program.all()) {
            boolean sameKey = other.action().kind() == ActionKind.EXPECT
                    && other.action().type() == compiled.action().type() && other.name().equals(compiled.name());
            if (sameKey && satisfied[other.number()]) {
                return true;
            }
        }
        return false;
    }
}
