package org.relayd.compiler.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Action;
import org.relayd.ir.config.Rule;
import org.relayd.ir.config.Rule.Marking;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.RuleVerdict;

class ActionTranslatorTest {

    @Test
    void editsBecomeMatchRules() {
        Translated translated = ActionTranslator
                .translate(List.of(action(EntityType.HEADER, ActionKind.CHANGE, "Keep-Alive", "$TIMEOUT")));
        Rule rule = translated.rules().getFirst();
        assertEquals(RuleVerdict.MATCH, rule.verdict());
        assertEquals(Optional.of(EntityOption.SET), rule.conditions().getFirst().option());
        assertEquals("Keep-Alive", rule.conditions().getFirst().key().orElseThrow().text());
        assertEquals("$TIMEOUT", rule.conditions().getFirst().value().orElseThrow().text());
        assertEquals(List.of(), translated.refusals());
    }

    @Test
    void filterBlocksAtOnceWithoutRegardToCase() {
        Rule rule = ActionTranslator.translate(List.of(action(EntityType.PATH, ActionKind.FILTER, "/cgi", "*cmd=*")))
                .rules().getFirst();
        assertEquals(RuleVerdict.BLOCK, rule.verdict());
        assertTrue(rule.quick());
        assertEquals("/[cC][gG][iI]", rule.conditions().getFirst().key().orElseThrow().text());
        assertEquals("*[cC][mM][dD]=*", rule.conditions().getFirst().value().orElseThrow().text());
    }

    @Test
    void expectsOnOneKeyBecomeABlockAndOnePassForEach() {
        Translated translated = ActionTranslator.translate(
                List.of(action(EntityType.COOKIE, ActionKind.EXPECT, "q", "a"),
                        action(EntityType.COOKIE, ActionKind.EXPECT, "Q", "b")));
        assertEquals(List.of(RuleVerdict.BLOCK, RuleVerdict.PASS, RuleVerdict.PASS),
                translated.rules().stream().map(Rule::verdict).toList());
        assertEquals(List.of(), translated.refusals());
    }

    @Test
    void expectsOnTwoKeysAreRefused() {
        Translated translated = ActionTranslator.translate(
                List.of(action(EntityType.COOKIE, ActionKind.EXPECT, "q", "*"),
                        action(EntityType.HEADER, ActionKind.EXPECT, "Host", "*")));
        assertEquals(1, translated.refusals().size());
    }

    @Test
    void marksBecomeTagsAndMarkedBecomesTagged() {
        Action mark = new Action(Direction.REQUEST, EntityType.HEADER, ActionKind.MARK, "X", Optional.empty(),
                Optional.of("v"),
                OptionalInt.of(7), OptionalInt.empty(), false, Optional.empty());
        Action remove = new Action(Direction.REQUEST, EntityType.HEADER, ActionKind.REMOVE, "Y", Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(), OptionalInt.of(7), true, Optional.of("L"));
        List<Rule> rules = ActionTranslator.translate(List.of(mark, remove)).rules();
        assertEquals(new Marking.Set("7"), rules.get(0).tag());
        assertEquals(Optional.of("7"), rules.get(1).tagged());
        assertEquals(new Marking.Set("L"), rules.get(1).label());
        assertEquals(Optional.of(EntityOption.LOG), rules.get(2).conditions().getFirst().option());
    }

    @Test
    void editsOfOtherEntitiesAreRefusedAndDeadResponseActionsLeftOut() {
        Action response = new Action(Direction.RESPONSE, EntityType.QUERY, ActionKind.FILTER, "x", Optional.empty(),
                Optional.of("*"),
                OptionalInt.empty(), OptionalInt.empty(), false, Optional.empty());
        Translated translated = ActionTranslator
                .translate(List.of(action(EntityType.PATH, ActionKind.APPEND, "b", "a"), response));
        assertEquals(1, translated.refusals().size());
        assertEquals(1, translated.notices().size());
        assertEquals(List.of(), translated.rules());
    }

    private static Action action(EntityType type, ActionKind kind, String key, String value) {
        return new Action(Direction.REQUEST, type, kind, key, Optional.empty(), Optional.of(value), OptionalInt.empty(),
                OptionalInt.empty(), false, Optional.empty());
    }
}
