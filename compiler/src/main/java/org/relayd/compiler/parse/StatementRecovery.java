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
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.relayd.compiler.source.SourceToken;
import org.relayd.compiler.words.Keywords;
import org.relayd.ir.diagnostic.Audience;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.SyntaxCode;

/**
 * What happens at a fault: it is reported, the rest of its line is skipped, and the parser goes on with the next line
 * of the same block, so that each line with a fault costs one message. The statement is lost, as in OpenBSD.
 *
 * <p>OpenBSD reports no fault before three words in a row were right (the rule of yacc(1)); neither do we, which keeps
 * a missing brace from making every line below it a fault.
 */
final class StatementRecovery implements ANTLRErrorStrategy {
    /** Words that must be right before the next fault counts. */
    private static final int SILENT = 3;

    private final StatementTokens tokens;
    private final LineSkipper lines;
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
        this.lines = new LineSkipper(tokens);
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

    /** Reports the word that comes next as a fault after a complete statement. */
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
            depth += Sections.openBraces(context);
        }
        lines.skip(Math.max(0, depth), true);
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
            tell(explained(parser, fault));
        } else if (silent > 0 && faulty && !unclosed && isInsideOption(parser)) {
            forPeople(explained(parser, fault));
        }
        endsAtSection = unclosed && tokens.LA(1) != Token.EOF;
        losesNext = endsAtSection && !faulty;
        faulty = true;
        faults++;
        silent = SILENT;
    }

    // A file that went through a word processor has curly quotes everywhere; one message is enough for people.
    private void tell(Diagnostic error) {
        Optional<String> curly = Optional.of(HabitAdvice.CURLY);
        boolean told = error.help().equals(curly) && diagnostics.stream().map(Diagnostic::help).anyMatch(curly::equals);
        diagnostics.add(told ? error.heardBy(Audience.PROGRAMS) : error);
    }

    private Diagnostic explained(Parser parser, RecognitionException fault) {
        Optional<SourceToken> header = headerOfEmptySection(fault);
        return header.isPresent() ? SyntaxErrors.emptySection(header.get(), tokens.next())
                : new SyntaxErrors(parser, keywords).inStatement(fault, tokens.next(),
                        Optional.ofNullable(tokens.LT(-1)));
    }

    private boolean isInsideOption(Parser parser) {
        int previous = tokens.LT(-1).getType();
        return previous != NL && previous != RBRACE && Sections.isOption(parser.getContext().getRuleIndex());
    }

    // The next line of a section that begins as a setting does is a fault of its own, though OpenBSD says nothing.
    private void forPeople(Diagnostic fault) {
        if (fault.code() == SyntaxCode.SYNTAX_ERROR) {
            diagnostics.add(fault.heardBy(Audience.PEOPLE));
        }
    }

    // The original wants the brace on the header's line, so a missing brace is reported there, not further down.
    private void moveToHeader(RecognitionException fault) {
        if (fault.getCtx() instanceof OpeningBraceContext brace && !brace.NL().isEmpty()) {
            tokens.seek(brace.NL(0).getSymbol().getTokenIndex());
        } else if (fault instanceof NoViableAltException) {
            tokens.seek(fault.getOffendingToken().getTokenIndex());
        }
    }

    /** Returns the end of the header where nothing stands between braces that begin on a line of their own. */
    private Optional<SourceToken> headerOfEmptySection(RecognitionException fault) {
        RuleContext section = fault.getCtx().parent;
        if (tokens.LA(1) != RBRACE || section == null) {
            return Optional.empty();
        }
        OpeningBraceContext brace = ((ParserRuleContext) section).getRuleContext(OpeningBraceContext.class, 0);
        boolean empty = brace != null && !brace.NL().isEmpty()
                && ((ParserRuleContext) section).getRuleContexts(ParserRuleContext.class).size() <= 3;
        return empty ? Optional.of((SourceToken) brace.NL(0).getSymbol()) : Optional.empty();
    }

    @Override
    public void recover(Parser parser, RecognitionException fault) {
        ParserRuleContext context = parser.getContext();
        if (!Sections.isOption(context.getRuleIndex()) || fault instanceof UnclosedBlockException) {
            throw fault;
        }
        lines.skip(Sections.openBraces(context), false);
    }

    /**
     * Called in front of each element of a loop. In a block, skips lines that cannot begin an option, so that the loop
     * sees options, newlines and the closing brace only.
     */
    @Override
    public void sync(Parser parser) {
        int option = Sections.optionOf(parser.getContext().getRuleIndex());
        if (option < 0) {
            return;
        }
        while (true) {
            int type = tokens.LA(1);
            if (type == Token.EOF || (tokens.LT(-1).getType() == NL && lines.startsSection())) {
                throw new UnclosedBlockException(parser);
            }
            if (type == NL || type == RBRACE || Sections.canBegin(parser, option, type)) {
                return;
            }
            reportError(parser, new InputMismatchException(parser));
            lines.skip(0, false);
            while (tokens.LA(1) == NL) {
                tokens.consume();
                reportMatch(parser);
            }
        }
    }
}
