package org.relayd.runtime.relay.http.filter;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.relayd.ir.config.Action;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Rule;
import org.relayd.ir.pattern.Glob;
import org.relayd.ir.pattern.LuaPattern;
import org.relayd.ir.pattern.MalformedPatternException;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.Octets;

/** A glob or pattern by which a rule names header fields. Immutable; any thread. */
sealed interface NameMatch {

    /** Returns whether a field name fits; one that is too costly to tell does. */
    boolean fits(String name);

    /** What a rule or action wants of a field. */
    enum Use {
        /** To decide about the message. */
        LOOK,
        /** To write or remove it. */
        EDIT,
        /** To log or hash it. */
        TELL
    }

    /**
     * A shell glob.
     *
     * @param glob
     *            letters in either case
     */
    record ByGlob(Glob glob) implements NameMatch {

        @Override
        public boolean fits(String name) {
            return glob.matches(name);
        }
    }

    /**
     * A Lua pattern.
     *
     * @param pattern
     *            case sensitive
     */
    record ByPattern(LuaPattern pattern) implements NameMatch {

        @Override
        public boolean fits(String name) {
            return pattern.match(Octets.of(name), 0, name.length()) != LuaPattern.PatternMatch.MISMATCH;
        }
    }

    /** Returns the globs and patterns for names of fields that a filter wants for one of some uses. */
    static List<NameMatch> of(Filter filter, Predicate<Use> wanted) {
        return switch (filter) {
            case Filter.Rules rules -> keys(rules, wanted).filter(key -> !key.isLiteral()).map(NameMatch::of).toList();
            case Filter.Actions _ -> List.of();
        };
    }

    /** Returns the names of fields that a filter wants for one of some uses. */
    static Stream<FieldName> names(Filter filter, Predicate<Use> wanted) {
        return switch (filter) {
            case Filter.Rules rules -> keys(rules, wanted).filter(Rule.Match::isLiteral).map(Rule.Match::text)
                    .map(FieldName::of);
            case Filter.Actions actions -> actions.actions().stream()
                    .filter(action -> action.type() == EntityType.HEADER && wanted.test(use(action)))
                    .map(Action::key).map(FieldName::of);
        };
    }

    private static Stream<Rule.Match> keys(Filter.Rules rules, Predicate<Use> wanted) {
        return rules.rules().stream().flatMap(rule -> rule.conditions().stream())
                .filter(condition -> condition.type() == EntityType.HEADER && wanted.test(use(condition.option())))
                .map(Rule.Condition::key).flatMap(Optional::stream);
    }

    private static NameMatch of(Rule.Match key) {
        if (!key.pattern()) {
            return new ByGlob(Glob.compile(key.text(), false));
        }
        try {
            return new ByPattern(LuaPattern.compile(key.text()));
        } catch (MalformedPatternException malformed) {
            throw new IllegalArgumentException(key.text(), malformed);
        }
    }

    private static Use use(Optional<EntityOption> option) {
        return option.map(asked -> switch (asked) {
            case APPEND, SET, REMOVE, STRIP -> Use.EDIT;
            case HASH, LOG -> Use.TELL;
        }).orElse(Use.LOOK);
    }

    private static Use use(Action action) {
        return switch (action.kind()) {
            case APPEND, CHANGE, REMOVE -> Use.EDIT;
            case EXPECT, FILTER, MARK -> Use.LOOK;
            case HASH, LOG -> Use.TELL;
        };
    }
}
