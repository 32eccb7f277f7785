package org.relayd.compiler.parse;

import static org.relayd.grammar.RelaydParser.*;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.StarLoopEntryState;
import org.antlr.v4.runtime.atn.StarLoopbackState;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** What the recovery from faults must know about the grammar: which rules are sections, and what their lines are. */
final class Sections {
    private Sections() {}

    /** Returns whether a rule is a line of a section. */
    static boolean isOption(int rule) {
        return rule == RULE_redirectOption || rule == RULE_relayOption || rule == RULE_protocolOption
                || rule == RULE_routerOption || rule == RULE_oldOption || rule == RULE_filterRule
                || rule == RULE_accessLog;
    }

    /** Returns the rule of the options of a section, or -1 for a rule that is no section. */
    static int optionOf(int section) {
        return switch (section) {
            case RULE_redirect -> RULE_redirectOption;
            case RULE_relay -> RULE_relayOption;
            case RULE_protocolBody -> RULE_protocolOption;
            case RULE_router -> RULE_routerOption;
            default -> -1;
        };
    }

    /**
     * Returns whether a word can begin an element of a section.
     *
     * @param option
     *            the rule of the section's options
     */
    static boolean canBegin(Parser parser, int option, int type) {
        if (first(parser, option).contains(type)) {
            return true;
        } else if (option != RULE_protocolOption) {
            return false;
        }
        // A statement of 5.1 or an extension has places of its own, and is never an element of the loop.
        return first(parser, RULE_filterRule).contains(type)
                || (isLineOption(parser, type) && !isLoop(parser.getATN().states.get(parser.getState())));
    }

    private static boolean isLineOption(Parser parser, int type) {
        return first(parser, RULE_oldOption).contains(type) || first(parser, RULE_accessLog).contains(type);
    }

    private static IntervalSet first(Parser parser, int rule) {
        return parser.getATN().nextTokens(parser.getATN().ruleToStartState[rule]);
    }

    private static boolean isLoop(ATNState state) {
        return state instanceof StarLoopEntryState || state instanceof StarLoopbackState;
    }

    /** Returns how many braces a rule has opened and not closed yet. */
    static int openBraces(ParserRuleContext context) {
        int open = 0;
        for (int at = 0; at < context.getChildCount(); at++) {
            ParseTree child = context.getChild(at);
            if (child instanceof TerminalNode terminal) {
                int type = terminal.getSymbol().getType();
                open += type == LBRACE ? 1 : type == RBRACE ? -1 : 0;
            } else if (child instanceof OpeningBraceContext brace && brace.LBRACE() != null) {
                open++;
            }
        }
        return open;
    }
}
