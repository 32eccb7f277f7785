package org.relayd.compiler.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.grammar.RelaydParser.*;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.junit.jupiter.api.Test;
import org.relayd.grammar.RelaydLexer;
import org.relayd.grammar.RelaydParser;
import org.relayd.ir.diagnostic.TableCode;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.ForwardMode;
import org.relayd.ir.term.ProtocolType;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.ir.term.RuleVerdict;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.ir.term.Word;

/** The table of words says what the grammar says. Whoever adds a keyword is told here which rows are missing. */
class KeywordTest {
    private static final ATN GRAMMAR = RelaydParser._ATN;

    @Test
    void everyKeywordOfTheLexerHasItsRow() {
        Vocabulary lexer = RelaydLexer.VOCABULARY;
        Map<Integer, String> keywords = new TreeMap<>();
        for (int type = 1; type <= lexer.getMaxTokenType(); type++) {
            String literal = String.valueOf(lexer.getLiteralName(type));
            if (literal.matches("'[a-z].*'")) {
                keywords.put(type, literal);
            }
        }
        Map<Integer, String> rows = new TreeMap<>();
        for (Keyword keyword : Keyword.all()) {
            rows.put(keyword.type(), "'" + keyword.spelling() + "'");
        }
        assertEquals(keywords, rows);
    }

    @Test
    void namesOfTheGrammarAreTheWordsThatAReleaseDoesNotReserve() {
        assertEquals(spellings(Keyword::isName), beginning(RULE_name));
        assertEquals(spellings(keyword -> keyword.isName() && keyword.reserved() != Reserved.CURRENT),
                beginning(RULE_currentName));
        assertEquals(spellings(keyword -> keyword.isName() && keyword.reserved() != Reserved.V5_1),
                beginning(RULE_oldName));
        assertEquals(spellings(keyword -> keyword.isName() && keyword.reserved() != Reserved.CURRENT
                && keyword.reserved() != Reserved.RECENT), beginning(RULE_tableHashKey));
    }

    @Test
    void aWordOfOneDialectIsNoneOfTheOther() {
        Keywords old = new Keywords(Optional.of(Dialect.V5_1));
        Keywords current = new Keywords(Optional.of(Dialect.CURRENT));
        assertEquals(RelaydLexer.WORD, old.typeOf("http"));
        assertEquals(RelaydLexer.HTTP, current.typeOf("http"));
        assertEquals(RelaydLexer.MARK, old.typeOf("mark"));
        assertEquals(RelaydLexer.WORD, current.typeOf("mark"));
        assertEquals(RelaydLexer.ACCESS, old.typeOf("access"));
        assertEquals(RelaydLexer.ACCESS, current.typeOf("access"));
        assertEquals(RelaydLexer.NUMBER, current.typeOf("80"));
    }

    @Test
    void aWordOfTheReleasesBetweenTheDialectsIsReadInBoth() {
        for (Dialect dialect : Dialect.values()) {
            Keywords keywords = new Keywords(Optional.of(dialect));
            for (String word : List.of("all", "updates", "snmp", "key", "cert", "password", "ecdh", "curve")) {
                assertEquals(Keyword.spelled(word).orElseThrow().type(), keywords.typeOf(word), word);
            }
        }
    }

    @Test
    void onlyWordsOfOneDialectHaveOthersInTheOther() {
        assertEquals(Set.of(), spellings(
                keyword -> keyword.instead().isPresent() && keyword.alone().isEmpty()));
    }

    @Test
    void whatFollowsAWordIsNamedWhereAStringCanFollow() {
        assertEquals(Set.of(), spellings(keyword -> keyword.followedBy().isPresent()
                && !following(keyword.type()).contains(RelaydLexer.QUOTED)));
    }

    /** The builders find values by their words. */
    @Test
    void valuesThatHaveAWordHaveAKeyword() {
        Set<String> words = Stream
                .<Word[]>of(ActionKind.values(), Direction.values(), EntityOption.values(), EntityType.values(),
                        ForwardMode.values(), ProtocolType.values(), ProxyProtocol.values(), RuleVerdict.values(),
                        SchedulingMode.values())
                .flatMap(Stream::of).map(Word::word).filter(word -> Keyword.spelled(word).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of("v1", "v2"), words, "these are taken as names and looked up by their text");
    }

    @Test
    void everyKeywordThatBeginsAValueHasOne() {
        assertEquals(Set.of(), withoutValue(RULE_tableMode, SchedulingMode.values()));
        assertEquals(Set.of(), withoutValue(RULE_forwardMode, ForwardMode.values()));
        assertEquals(Set.of(), withoutValue(RULE_entityOption, EntityOption.values()));
        assertEquals(Set.of(), withoutValue(RULE_actionEntity, EntityType.values()));
        assertEquals(Set.of(), withoutValue(RULE_actionVerb, ActionKind.values()));
        assertEquals(Set.of(), withoutValue(RULE_filterRule, RuleVerdict.values()));
    }

    /** What is wrong after {@code check} is told with a list of what can stand there, extensions apart. */
    @Test
    void checksAreCalledAsTheGrammarHasThem() {
        Set<String> first = Stream.of(CheckWord.values()).map(check -> check.words().replaceAll(" .*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(first.remove(CheckWord.HTTPS.words()), "a name for the grammar");
        assertTrue(first.remove(CheckWord.HTTP.words()), "stands where a name can stand");
        assertEquals(alternatives(RULE_check), first);
        assertEquals("Health checks are " + list(CheckWord.of(Dialect.CURRENT)) + ".",
                TableCode.INVALID_CHECK_TYPE.explanation());
    }

    private static String list(List<String> words) {
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    private static Set<String> withoutValue(int rule, Word[] values) {
        return beginning(rule).stream().filter(word -> Word.of(values, word).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> spellings(Predicate<Keyword> which) {
        return Keyword.all().stream().filter(which).map(Keyword::spelling)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The keywords that a rule can begin with. */
    private static Set<String> beginning(int rule) {
        IntervalSet types = GRAMMAR.nextTokens(GRAMMAR.ruleToStartState[rule]);
        return spellings(keyword -> types.contains(keyword.type()));
    }

    /**
     * The keywords that stand at the beginning of the alternatives of a rule, not deeper; those of extensions left out.
     */
    private static Set<String> alternatives(int rule) {
        IntervalSet types = new IntervalSet();
        Deque<ATNState> open = new ArrayDeque<>(List.of(GRAMMAR.ruleToStartState[rule]));
        while (!open.isEmpty()) {
            for (Transition transition : open.pop().getTransitions()) {
                if (!transition.isEpsilon()) {
                    types.addAll(transition.label());
                } else if (!(transition instanceof RuleTransition)) {
                    open.push(transition.target);
                }
            }
        }
        return spellings(keyword -> types.contains(keyword.type()) && keyword.reserved().somewhere());
    }

    /** What can follow a keyword anywhere in the grammar. */
    private static IntervalSet following(int type) {
        IntervalSet types = new IntervalSet();
        GRAMMAR.states.stream().flatMap(state -> Stream.of(state.getTransitions()))
                .filter(transition -> !transition.isEpsilon() && transition.label().contains(type))
                .forEach(transition -> types.addAll(GRAMMAR.nextTokens(transition.target)));
        return types;
    }
}
