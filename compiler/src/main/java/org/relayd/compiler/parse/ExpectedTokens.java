package org.relayd.compiler.parse;

import static org.relayd.grammar.RelaydParser.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.relayd.compiler.words.Keyword;
import org.relayd.compiler.words.Keywords;

/**
 * What could have stood at a fault, in the words of people: keywords as they are written,
 * everything else by its meaning.
 */
final class ExpectedTokens {
    /** More than these confuse. */
    private static final int MOST = 5;

    private final IntervalSet types;
    private final Keywords keywords;

    private ExpectedTokens(IntervalSet types, Keywords keywords) {
        this.types = types;
        this.keywords = keywords;
    }

    /** Finds what could have stood at a fault. */
    static ExpectedTokens at(Parser parser, RecognitionException fault, Keywords keywords) {
        if (fault instanceof NoViableAltException far && far.getDeadEndConfigs() != null) {
            return new ExpectedTokens(followers(far), keywords);
        }
        boolean known = fault instanceof InputMismatchException || fault instanceof NoViableAltException;
        return new ExpectedTokens(known
                ? parser.getATN().getExpectedTokens(fault.getOffendingState(), fault.getCtx()) : new IntervalSet(),
                keywords);
    }

    /** Finds the words that a rule can begin with. */
    static ExpectedTokens beginning(Parser parser, int rule, Keywords keywords) {
        return new ExpectedTokens(parser.getATN().nextTokens(parser.getATN().ruleToStartState[rule]), keywords);
    }

    /**
     * Finds all words that can stand in a rule, however deep, after its first word.
     *
     * @param first
     *            type of the first word, which tells the alternatives apart
     */
    static ExpectedTokens after(Parser parser, int rule, int first, Keywords keywords) {
        ATN atn = parser.getATN();
        Deque<ATNState> open = new ArrayDeque<>();
        Deque<ATNState> before = new ArrayDeque<>(List.of(atn.ruleToStartState[rule]));
        while (!before.isEmpty()) {
            for (Transition transition : before.pop().getTransitions()) {
                if (transition instanceof RuleTransition called) {
                    if (atn.nextTokens(called.target).contains(first)) {
                        before.push(called.target);
                        open.push(called.followState);
                    }
                } else if (transition.isEpsilon()) {
                    before.push(transition.target);
                } else if (transition.label().contains(first)) {
                    open.push(transition.target);
                }
            }
        }
        return new ExpectedTokens(reachable(open), keywords);
    }

    private static IntervalSet reachable(Deque<ATNState> open) {
        IntervalSet types = new IntervalSet();
        Set<ATNState> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            ATNState state = open.pop();
            if (state.getStateType() == ATNState.RULE_STOP) {
                continue;
            }
            for (Transition transition : state.getTransitions()) {
                if (!transition.isEpsilon()) {
                    types.addAll(transition.label());
                }
                ATNState next = transition instanceof RuleTransition called ? called.followState : transition.target;
                if (seen.add(next)) {
                    open.push(next);
                }
                if (!isName(transition.target.ruleIndex) && seen.add(transition.target)) {
                    open.push(transition.target);
                }
            }
        }
        return types;
    }

    // Any reserved word of the other dialect is a name, but hardly a word that somebody wanted to write.
    private static boolean isName(int rule) {
        return rule == RULE_name || rule == RULE_currentName || rule == RULE_oldName || rule == RULE_tableHashKey;
    }

    /** Returns what can follow the words that a decision looked at before it failed. */
    private static IntervalSet followers(NoViableAltException fault) {
        IntervalSet types = new IntervalSet();
        for (ATNConfig config : fault.getDeadEndConfigs()) {
            for (Transition transition : config.state.getTransitions()) {
                if (!transition.isEpsilon()) {
                    types.addAll(transition.label());
                }
            }
        }
        return types;
    }

    /** Returns whether a word of this type could have stood there. */
    boolean contains(int type) {
        return types.contains(type);
    }

    /** Returns whether a string could have stood there. */
    boolean containsString() {
        return types.contains(QUOTED);
    }

    /**
     * Returns the spelling of all keywords that could have stood there. Keywords of one dialect, where they stand for
     * strings, and the old word for TLS beside the new one are no help.
     */
    List<String> keywords() {
        List<String> spellings = new ArrayList<>();
        for (Keyword keyword : ofTheDialect()) {
            boolean helpful = !(containsString() && keyword.isName())
                    && !(keyword.type() == SSL && types.contains(TLS) && !keywords.isForeign(TLS));
            if (helpful) {
                spellings.add(keyword.spelling());
            }
        }
        return spellings;
    }

    /**
     * Returns the spelling of all keywords of the dialect that could have stood there, also where they would be names.
     */
    List<String> words() {
        return ofTheDialect().stream().map(Keyword::spelling).toList();
    }

    private List<Keyword> ofTheDialect() {
        return types.toList().stream().filter(type -> !keywords.isForeign(type)).map(Keyword::of)
                .flatMap(Optional::stream).toList();
    }

    /**
     * Returns a sentence part like {@code expected `on` or a number}; empty if nothing is known or
     * if it would be too long.
     *
     * @param previous
     *            type of the word in front of the fault, which tells what a string would mean
     */
    String sentence(int previous) {
        List<String> names = names(previous);
        if (names.isEmpty() || names.size() > MOST) {
            return "";
        }
        StringBuilder sentence = new StringBuilder("expected ");
        for (int at = 0; at < names.size(); at++) {
            sentence.append(at == 0 ? "" : at == names.size() - 1 ? " or " : ", ").append(names.get(at));
        }
        return sentence.toString();
    }

    private List<String> names(int previous) {
        List<String> names = new ArrayList<>();
        if (containsString()) {
            names.add(string(previous, types.contains(NUMBER) ? "a number or a string" : "a string"));
        } else if (types.contains(NUMBER)) {
            names.add("a number");
        }
        for (String keyword : keywords()) {
            names.add("`" + keyword + "`");
        }
        for (int type : types.toList()) {
            switch (type) {
                case LBRACE, RBRACE, LESS, GREATER, COMMA, SLASH, EQUALS
                        -> names.add(VOCABULARY.getLiteralName(type).replace('\'', '`'));
                case Token.EOF -> names.add("the end of the line");
                default -> {
                    // Strings and numbers stand in front; a newline is worth no word where it may also be missing.
                }
            }
        }
        return names;
    }

    private static String string(int previous, String otherwise) {
        return switch (previous) {
            case LESS -> "a table name";
            case EQUALS -> "a value";
            default -> Keyword.of(previous).flatMap(Keyword::followedBy).orElse(otherwise);
        };
    }
}
