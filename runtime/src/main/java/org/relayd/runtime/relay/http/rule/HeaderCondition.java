package org.relayd.runtime.relay.http.rule;

import java.util.Optional;
import org.relayd.ir.config.Rule;
import org.relayd.ir.term.EntityOption;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.FieldTable;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * A header field: the first one of that name, or by name the first one whose name fits a glob. With append and set it
 * may be absent. Set and remove take all fields of the name: a field that a rule owns must not survive in a second copy
 * that the client sent.
 *
 * @param exact
 *            the name, unless the key is a glob, a pattern or missing
 * @param name
 *            the glob or pattern for names
 * @param value
 *            glob or pattern for the value
 * @param option
 *            what is done
 * @param written
 *            what append and set write
 */
record HeaderCondition(Optional<FieldName> exact, Optional<TextMatch> name, TextMatch value,
        Optional<EntityOption> option, MacroValue written) implements EntityCondition {

    static HeaderCondition of(Rule.Condition condition) {
        Optional<Rule.Match> key = Keys.of(condition);
        boolean writes = condition.option()
                .filter(option -> option == EntityOption.APPEND || option == EntityOption.SET).isPresent();
        boolean literal = key.filter(match -> writes || Keys.isLiteral(match)).isPresent();
        Optional<FieldName> exact = literal ? key.map(match -> FieldName.of(match.text())) : Optional.empty();
        Optional<TextMatch> name = literal ? Optional.empty() : key.map(match -> TextMatch.of(match, false));
        String written = condition.value().map(Rule.Match::text).orElse("");
        return new HeaderCondition(exact, name, Keys.value(condition, true), condition.option(),
                MacroValue.of(written, true));
    }

    private boolean writes() {
        return option.isPresent() && (option.get() == EntityOption.APPEND || option.get() == EntityOption.SET);
    }

    @Override
    public boolean matches(RuleRun run, RuleRun.Found found) {
        int field = find(run);
        if (field < 0) {
            found.nothing();
            return writes() || (exact.isEmpty() && name.isEmpty());
        }
        found.field(run.fields(), field);
        return writes() || value.isAny() || value.matches(run.octets(), found.valueAt, found.valueLength, run);
    }

    private int find(RuleRun run) {
        if (exact.isPresent()) {
            return run.fields().find(run.octets(), exact.get(), 0);
        }
        return name.isPresent() ? findFirst(run, name.get()) : -1;
    }

    /** By name the first field whose name fits. */
    private static int findFirst(RuleRun run, TextMatch wanted) {
        FieldTable fields = run.fields();
        int best = -1;
        for (int field = 0; field < fields.size(); field++) {
            boolean fits = !fields.isRemoved(field)
                    && wanted.matches(run.octets(), fields.nameAt(field), fields.nameLength(field), run);
            if (fits && (best < 0 || fields.compareNames(run.octets(), field, best) < 0)) {
                best = field;
            }
        }
        return best;
    }

    @Override
    public void act(RuleRun run, RuleRun.Found found) {
        if (option.isEmpty()) {
            return;
        }
        switch (option.get()) {
            case APPEND -> append(run);
            case SET -> set(run);
            case REMOVE -> remove(run, found);
            case HASH -> hash(run, found);
            case LOG -> log(run, found);
            case STRIP -> {}
        }
    }

    private void append(RuleRun run) {
        if (exact.isPresent()) {
            run.head().add(exact.get(), written.octets(run.head(), run.session(), run.direction()));
        }
    }

    private void set(RuleRun run) {
        if (exact.isEmpty()) {
            return;
        }
        FieldName key = exact.get();
        MessageHead head = run.head();
        byte[] octets = written.octets(head, run.session(), run.direction());
        FieldTable fields = head.fields();
        int first = fields.find(head.octets(), key, 0);
        if (first < 0) {
            head.add(key, octets);
            return;
        }
        head.replace(first, octets);
        for (int copy = fields.find(head.octets(), key, first + 1); copy >= 0;
                copy = fields.find(head.octets(), key, copy + 1)) {
            fields.remove(copy);
        }
    }

    private static void remove(RuleRun run, RuleRun.Found found) {
        FieldTable fields = run.fields();
        if (found.field >= 0) {
            for (int field = 0; field < fields.size(); field++) {
                if (fields.key(field) == fields.key(found.field)
                        && fields.compareNames(run.octets(), field, found.field) == 0) {
                    fields.remove(field);
                }
            }
        }
    }

    private static void hash(RuleRun run, RuleRun.Found found) {
        if (found.field >= 0) {
            run.session().hashInput().add(run.octets(), run.fields().valueAt(found.field),
                    run.fields().valueLength(found.field));
        }
    }

    private static void log(RuleRun run, RuleRun.Found found) {
        if (found.field >= 0) {
            String name = Octets.text(run.octets(), found.nameAt, found.nameLength);
            run.log(name, run.head().value(found.field) + (run.fields().isRemoved(found.field) ? " (removed)" : ""));
        }
    }
}
