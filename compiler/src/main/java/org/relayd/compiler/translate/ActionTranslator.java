package org.relayd.compiler.translate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.relayd.ir.config.Action;
import org.relayd.ir.config.Digest;
import org.relayd.ir.config.Rule;
import org.relayd.ir.config.Rule.Condition;
import org.relayd.ir.config.Rule.Marking;
import org.relayd.ir.config.Rule.Match;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.RuleVerdict;

/**
 * Turns the actions of a 5.1 protocol into filter rules of the current dialect.
 *
 * <p>Actions have no order among different keys and a filter refuses at once, so filters become {@code block quick}
 * rules. The expects of a direction must all hold, while the last matching rule wins: only expects on one key, of which
 * any may hold, are exact as {@code block} and a {@code pass} for each.
 */
public final class ActionTranslator {
    private static final Set<
            EntityType> REQUEST_ONLY = EnumSet.of(EntityType.PATH, EntityType.QUERY, EntityType.URL, EntityType.COOKIE);
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    private ActionTranslator() {}

    /**
     * Translates the actions of one protocol.
     *
     * @param actions
     *            in file order
     */
    public static Translated translate(List<Action> actions) {
        ActionTranslator translator = new ActionTranslator();
        List<Action> effective = new ArrayList<>();
        for (Action action : actions) {
            if (action.direction() == Direction.RESPONSE && REQUEST_ONLY.contains(action.type())) {
                translator.notices.add(described(action) + " is left out: it never had an effect on responses");
            } else {
                effective.add(action);
            }
        }
        for (Direction direction : Direction.values()) {
            translator.openExpects(
                    effective.stream().filter(a -> a.kind() == ActionKind.EXPECT && a.direction() == direction)
                            .toList());
        }
        effective.forEach(translator::translate);
        return new Translated(translator.rules, translator.refusals, translator.notices);
    }

    private void openExpects(List<Action> expects) {
        if (expects.isEmpty()) {
            return;
        }
        Set<String> keys = expects.stream().map(a -> a.type().word() + " " + a.key().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (keys.size() > 1) {
            refusals.add(
                    "expect actions on different keys must all hold, but of several pass rules the last one decides");
        }
        if (expects.stream().anyMatch(a -> a.marked().isPresent())) {
            refusals.add(
                    "an expect action with marked holds for some sessions only, and no rule tests for a missing tag");
        }
        Action first = expects.getFirst();
        rules.add(new Rule(RuleVerdict.BLOCK, first.direction(), false, Optional.empty(), Optional.empty(),
                Optional.empty(),
                Optional.empty(), Optional.empty(), new Marking.Keep(), Optional.empty(), label(first), List.of(),
                Optional.empty()));
    }

    private void translate(Action action) {
        switch (action.kind()) {
            case APPEND -> edit(action, EntityOption.APPEND);
            case CHANGE -> edit(action, EntityOption.SET);
            case REMOVE -> edit(action, EntityOption.REMOVE);
            case HASH -> match(action, EntityOption.HASH);
            case LOG -> match(action, EntityOption.LOG);
            case FILTER -> rules.add(rule(action, RuleVerdict.BLOCK, true, compared(action), new Marking.Keep()));
            case EXPECT -> rules.add(rule(action, RuleVerdict.PASS, false, compared(action), new Marking.Keep()));
            case MARK -> rules.add(rule(action, RuleVerdict.MATCH, false, compared(action),
                    new Marking.Set(Integer.toString(action.mark().orElseThrow()))));
        }
        if (action.log() && action.kind() != ActionKind.LOG) {
            match(action, EntityOption.LOG);
        }
    }

    private void edit(Action action, EntityOption option) {
        if (action.type() != EntityType.HEADER) {
            refusals.add(described(action) + " has no effect, which is hardly what was meant");
            return;
        }
        if (writes(option) && !key(action).isLiteral()) {
            refusals.add(described(action) + " writes a name with characters that are special in the current dialect");
            return;
        }
        match(action, option);
    }

    private static boolean writes(EntityOption option) {
        return switch (option) {
            case APPEND, SET -> true;
            case HASH, LOG, REMOVE, STRIP -> false;
        };
    }

    private void match(Action action, EntityOption option) {
        Optional<Match> value = action.value().filter(_ -> writes(option)).map(v -> new Match(v, false));
        Condition condition = new Condition(action.type(), Optional.of(option), Optional.of(key(action)),
                Optional.of(value.orElse(new Match("*", false))), digest(action), OptionalInt.empty());
        rules.add(rule(action, RuleVerdict.MATCH, false, condition, new Marking.Keep()));
    }

    private Condition compared(Action action) {
        String value = action.value().orElse("*");
        boolean anyCase = action.type() == EntityType.COOKIE || action.type() == EntityType.URL;
        return new Condition(action.type(), Optional.empty(), Optional.of(key(action)),
                Optional.of(new Match(anyCase ? value : CaseFold.glob(value), false)), digest(action),
                OptionalInt.empty());
    }

    /**
     * Keys are plain text without regard to case in 5.1; the current dialect takes globs, and looks at
     * case in paths and queries.
     */
    private static Match key(Action action) {
        return new Match(switch (action.type()) {
            case HEADER, COOKIE -> CaseFold.escaped(action.key());
            case PATH, QUERY -> CaseFold.literal(action.key());
            case URL -> action.key();
        }, false);
    }

    private static Optional<Digest> digest(Action action) {
        return action.digest().map(algorithm -> new Digest(algorithm, action.key()));
    }

    private static Rule rule(Action action, RuleVerdict verdict, boolean quick, Condition condition, Marking tag) {
        Optional<String> tagged = action.marked().isPresent()
                ? Optional.of(Integer.toString(action.marked().getAsInt())) : Optional.empty();
        return new Rule(verdict, action.direction(), quick, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), tag, tagged, label(action), List.of(condition), Optional.empty());
    }

    private static Marking label(Action action) {
        return action.label().<Marking>map(Marking.Set::new).orElse(new Marking.Keep());
    }

    private static String described(Action action) {
        return action.direction().word() + " " + action.type().word() + " " + action.kind().word() + " \""
                + action.key() + "\"";
    }
}
