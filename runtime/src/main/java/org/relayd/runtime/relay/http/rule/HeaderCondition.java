package org.relayd.runtime.relay.http.rule;

import java.util.Optional;
import org.relayd.ir.config.Rule;
import org.relayd.ir.term.EntityOption;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.FieldTable;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * A header field: any line of that name, or of any name that fits a glob or pattern. With append and set it may be
 * absent. Set and remove take all lines of the names found: a field that a rule owns must not survive in a second copy
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
        boolean literal = key.filter(match -> writes || match.isLiteral()).isPresent();
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
    public boolean matches(RuleRun run, Found found) {
        found.nothing();
        if (writes() || (exact.isEmpty() && name.isEmpty())) {
            return true;
        }
        FieldTable fields = run.fields();
        for (int field = next(run, 0); field >= 0; field = next(run, field + 1)) {
            if (value.isAny()
                    || value.matches(run.octets(), fields.valueAt(field), fields.valueLength(field), run)) {
                found.field(fields, field);
                if (option.isEmpty()) {
                    return true;
                }
            }
        }
        return found.any();
    }

    /** Returns the next line of the name or names from a line on; -1 if there is none. */
    private int next(RuleRun run, int from) {
        FieldTable fields = run.fields();
        if (exact.isPresent()) {
            return fields.find(run.octets(), exact.get(), from);
        }
        TextMatch wanted = name.orElseThrow();
        for (int field = from; field < fields.size(); field++) {
            if (!fields.isRemoved(field)
                    && wanted.matches(run.octets(), fields.nameAt(field), fields.nameLength(field), run)) {
                return field;
            }
        }
        return -1;
    }

    @Override
    public void act(RuleRun run, Found found) {
        if (option.isEmpty()) {
            return;
        }
        switch (option.get()) {
            case APPEND -> append(run);
            case SET -> set(run);
            case REMOVE -> remove(run, found);
            case HASH -> {
                for (int i = 0; i < found.count(); i++) {
                    int field = found.field(i);
                    run.session().hashInput().add(run.octets(), run.fields().valueAt(field),
                            run.fields().valueLength(field));
                }
            }
            case LOG -> {
                for (int i = 0; i < found.count(); i++) {
                    run.logField(found.field(i));
                }
            }
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

    private void remove(RuleRun run, Found found) {
        FieldTable fields = run.fields();
        if (exact.isPresent()) {
            for (int field = next(run, 0); field >= 0; field = next(run, field + 1)) {
                fields.remove(field);
            }
        } else {
            removeNames(run, found);
        }
    }

    /** Takes all lines out whose name is that of a line found; in order of names, so that many lines cost little. */
    private static void removeNames(RuleRun run, Found found) {
        FieldTable fields = run.fields();
        int count = fields.written();
        int[] order = fields.sorted(run.octets());
        int end;
        for (int from = 0; from < count; from = end) {
            boolean taken = found.has(order[from]);
            for (end = from + 1; end < count && fields.compareNames(run.octets(), order[from], order[end]) == 0;
                    end++) {
                taken |= found.has(order[end]);
            }
            for (int i = from; taken && i < end; i++) {
                fields.remove(order[i]);
            }
        }
    }
}
