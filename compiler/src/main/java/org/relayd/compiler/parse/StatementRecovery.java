package org.relayd.compiler.parse;

import static org.relayd.grammar.RelaydParser.*;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ANTLRErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.StarLoopEntryState;
import org.antlr.v4.runtime.atn.StarLoopbackState;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.relayd.compiler.source.Keywords;
import org.relayd.compiler.source.SourceToken;
import org.relayd.ir.diagnostic.Diagnostic;

/**
 * What happens at a fault: it is reported, the rest of its line is skipped, and the parser goes on with the next line of the same
 * block, so that each line with a fault costs one message. The statement is lost, as in OpenBSD.
 *
 * <p>OpenBSD reports no fault before three words in a row were right (the rule of yacc(1)); neither do we, which keeps a missing
 * brace from making every line below it a fault.
 */
final class StatementRecovery implements ANTLRErrorStrategy {
    /** Words that must be right before the next fault counts. */
    private static final int SILENT = 3;

    private final StatementTokens tokens;
    private final Keywords keywords;
    private final List<Diagnostic> diagnostics;
    private int silent;
    private boolean faulty;
    private boolean endsAtSection;
    private boolean losesNext;
    private int faults;
    private RecognitionException handled;

    StatementRecovery(StatementTokens tokens, Keywords keywords, List<Diagnostic> diagnostics) {
        this.tokens = tokens;
        this.keywords = keywords;
        this.diagnostics = diagnostics;
    }

    /** Gets ready for a new statement. */
    void begin() {
        faulty = false;
        endsAtSection = false;
        losesNext = false;
    }

    /** Returns whether the current statement has a fault. */
    boolean isFaulty() {
        return faulty;
    }

    /** Returns whether the current statement was given up in front of the header of the next section. */
    boolean endsAtSection() {
        return endsAtSection;
    }

    /** Returns whether that header was the fault: OpenBSD skips it, so the section must not count. */
    boolean losesNext() {
        return losesNext;
    }

    /** Returns how many faults there were so far, silent ones included. */
    int faults() {
        return faults;
    }

    /** Reports the word that comes next as a fault behind a complete statement. */
    void reportTrailing() {
        if (silent == 0) {
            diagnostics.add(SyntaxErrors.behindStatement(tokens.next()));
        }
        faults++;
        silent = SILENT;
    }

    /** Skips the rest of a faulty line of the top level, with the braces opened in it, and its newline. */
    void skipStatement(ParserRuleContext failed) {
        int depth = 0;
        for (ParserRuleContext context = failed; context != null; context = context.getParent()) {
            depth += openBraces(context);
        }
        skipLine(Math.max(0, depth), true);
    }

    @Override
    public void reset(Parser parser) {
        // State goes from statement to statement on purpose.
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw new InputMismatchException(parser);
    }

    @Override
    public boolean inErrorRecoveryMode(Parser parser) {
        return false;
    }

    @Override
    public void reportMatch(Parser parser) {
        if (silent > 0) {
            silent--;
        }
    }

    @Override
    public void reportError(Parser parser, RecognitionException fault) {
        // A fault leaves the rules one by one, and each of them reports it.
        if (fault.equals(handled)) {
            return;
        }
        handled = fault;
        boolean unclosed = fault instanceof UnclosedBlockException;
        if (!(fault instanceof RefusedStatementException) && silent == 0 && !(unclosed && faulty)) {
            moveToHeader(fault);
            diagnostics.add(new SyntaxErrors(parser, keywords).inStatement(fault, tokens.next(),
                    Optional.ofNullable(tokens.LT(-1))));
        }
        endsAtSection = unclosed && tokens.LA(1) != Token.EOF;
        losesNext = endsAtSection && !faulty;
        faulty = true;
        faults++;
        silent = SILENT;
    }

    // The original wants the brace on the header's line, so a missing brace is reported there, not further down.
    private void moveToHeader(RecognitionException fault) {
        if (fault.getCtx() instanceof OpeningBraceContext brace && !brace.NL().isEmpty()) {
            tokens.seek(brace.NL(0).getSymbol().getTokenIndex());
        } else if (fault instanceof NoViableAltException) {
            tokens.seek(fault.getOffendingToken().getTokenIndex());
        }
    }

    @Override
    public void recover(Parser parser, RecognitionException fault) {
        ParserRuleContext context = parser.getContext();
        if (!isOption(context.getRuleIndex()) || fault instanceof UnclosedBlockException) {
            throw fault;
        }
        skipLine(openBraces(context), false);
    }

    /**
     * Called in front of each element of a loop. In a block, skips lines that cannot begin an option, so that the loop sees options,
     * newlines and the closing brace only.
     */
    @Override
    public void sync(Parser parser) {
        int option = optionOf(parser.getContext().getRuleIndex());
        if (option < 0) {
            return;
        }
        while (true) {
            int type = tokens.LA(1);
            if (type == Token.EOF || (tokens.LT(-1).getType() == NL && startsSection())) {
                throw new UnclosedBlockException(parser);
            }
            if (type == NL || type == RBRACE || canBegin(parser, option, type)) {
                return;
            }
            reportError(parser, new InputMismatchException(parser));
            skipLine(0, false);
            while (tokens.LA(1) == NL) {
                tokens.consume();
                reportMatch(parser);
            }
        }
    }

    private static boolean canBegin(Parser parser, int option, int type) {
        if (first(parser, option).contains(type)) {
            return true;
        } else if (option != RULE_protocolOption) {
            return false;
        }
        // A statement of 5.1 has places of its own, and is never an element of the loop.
        return first(parser, RULE_filterRule).contains(type)
                || (first(parser, RULE_oldOption).contains(type)
                        && !isLoop(parser.getATN().states.get(parser.getState())));
    }

    private static IntervalSet first(Parser parser, int rule) {
        return parser.getATN().nextTokens(parser.getATN().ruleToStartState[rule]);
    }

    private static boolean isLoop(ATNState state) {
        return state instanceof StarLoopEntryState || state instanceof StarLoopbackState;
    }

    /** Skips to the end of the line; braces opened there or {@code depth} before are closed first. */
    private void skipLine(int depth, boolean top) {
        int open = depth;
        while (true) {
            switch (tokens.LA(1)) {
                case Token.EOF -> {
                    return;
                }
                case LBRACE -> open++;
                case RBRACE -> {
                    if (open == 0 && !top) {
                        return;
                    }
                    open = Math.max(0, open - 1);
                }
                case NL -> {
                    if (open == 0) {
                        return;
                    }
                    tokens.consume();
                    if (startsSection()) {
                        return;
                    }
                    continue;
                }
                default -> {
                    // Any other word is skipped.
                }
            }
            tokens.consume();
        }
    }

    // Inside a block no line begins like this, except "protocol name" in a relay.
    private boolean startsSection() {
        return switch (tokens.LA(1)) {
            case TABLE, REDIRECT, RELAY, ROUTER -> true;
            case PROTOCOL -> tokens.LA(2) != NL && tokens.LA(3) == LBRACE;
            case TCP, HTTP, WORD, QUOTED -> tokens.LA(2) == PROTOCOL;
            default -> false;
        };
    }

    private static int openBraces(ParserRuleContext context) {
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

    private static boolean isOption(int rule) {
        return rule == RULE_redirectOption || rule == RULE_relayOption || rule == RULE_protocolOption
                || rule == RULE_routerOption || rule == RULE_oldOption || rule == RULE_filterRule;
    }

    /** Returns the rule of the options of a block, or -1 for a rule that is no block. */
    private static int optionOf(int block) {
        return switch (block) {
            case RULE_redirect -> RULE_redirectOption;
            case RULE_relay -> RULE_relayOption;
            case RULE_protocolBody -> RULE_protocolOption;
            case RULE_router -> RULE_routerOption;
            default -> -1;
        };
    }
}
