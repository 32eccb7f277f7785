package org.relayd.runtime.relay.http.rule;

import java.util.Optional;
import org.relayd.ir.config.Rule;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityOption;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.FieldTable;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * A cookie in any Cookie field of a request or any Set-Cookie field of a response. Names and values are
 * compared without regard to case, as the original does.
 *
 * @param key
 *            name; empty for any
 * @param pattern
 *            pattern for the name instead of the key
 * @param value
 *            glob or pattern for the value
 * @param option
 *            what is done
 * @param line
 *            field value that append and set add
 */
record CookieCondition(Optional<FieldName> key, Optional<TextMatch> pattern, TextMatch value,
        Optional<EntityOption> option, MacroValue line) implements EntityCondition {

    static CookieCondition of(Rule.Condition condition) {
        Optional<Rule.Match> key = Keys.of(condition);
        Optional<TextMatch> pattern = key.filter(Rule.Match::pattern).map(match -> TextMatch.of(match, true));
        Optional<FieldName> name = key.filter(match -> !match.pattern() && !match.text().equals("*"))
                .map(match -> FieldName.of(match.text()));
        String line = key.map(Rule.Match::text).orElse("") + "=" + condition.value().map(Rule.Match::text).orElse("")
                + ";";
        return new CookieCondition(name, pattern, Keys.value(condition, false), condition.option(),
                MacroValue.of(line, true));
    }

    private boolean writes() {
        return option.isPresent() && (option.get() == EntityOption.APPEND || option.get() == EntityOption.SET);
    }

    private static FieldName fieldName(RuleRun run) {
        return switch (run.direction()) {
            case REQUEST -> FieldName.COOKIE;
            case RESPONSE -> FieldName.SET_COOKIE;
        };
    }

    @Override
    public boolean matches(RuleRun run, Found found) {
        found.nothing();
        if (writes()) {
            return true;
        }
        FieldTable fields = run.fields();
        FieldName name = fieldName(run);
        Pairs pairs = run.pairs();
        for (int field = fields.find(run.octets(), name, 0); field >= 0;
                field = fields.find(run.octets(), name, field + 1)) {
            pairs.cookies(run.octets(), fields.valueAt(field), fields.valueLength(field));
            while (pairs.advance()) {
                if (named(run, pairs) && value.matches(run.octets(), pairs.valueAt(), pairs.valueLength(), run)) {
                    found.pair(field, pairs);
                    if (option.isEmpty()) {
                        return true;
                    }
                }
            }
        }
        return found.any();
    }

    private boolean named(RuleRun run, Pairs pairs) {
        if (pattern.isPresent()) {
            return pattern.get().matches(run.octets(), pairs.nameAt(), pairs.nameLength(), run);
        }
        return key.isEmpty() || key.get().is(run.octets(), pairs.nameAt(), pairs.nameLength());
    }

    @Override
    public void act(RuleRun run, Found found) {
        if (option.isEmpty()) {
            return;
        }
        switch (option.get()) {
            case APPEND, SET -> run.head().add(fieldName(run), line.octets(run.head(), run.session(), run.direction()));
            case REMOVE -> {
                for (int i = 0; i < found.count(); i++) {
                    run.fields().remove(found.field(i));
                }
            }
            case HASH -> found.hash(run);
            case LOG -> {
                // Of a cookie the whole field is logged, once.
                for (int i = 0; i < found.count(); i++) {
                    if (i == 0 || found.field(i) != found.field(i - 1)) {
                        run.logField(found.field(i));
                    }
                }
            }
            case STRIP -> {}
        }
    }
}
