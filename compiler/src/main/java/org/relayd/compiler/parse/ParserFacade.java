package org.relayd.compiler.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.relayd.compiler.source.MacroExpander;
import org.relayd.compiler.source.SourceToken;
import org.relayd.grammar.RelaydParser;
import org.relayd.grammar.RelaydParser.StatementContext;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.LostNames;
import org.relayd.ir.source.Span;

/** Gives the parse trees of a configuration, one statement of the top level at a time. Stage 3. */
public final class ParserFacade {
    /** After so many messages, or so many faults not told, the file is something else than a configuration. */
    private static final int MOST_MESSAGES = 100;
    private static final int MOST_FAULTS = 10_000;

    private final MacroExpander words;
    private final StatementTokens tokens;
    private final StatementParser parser;
    private final StatementRecovery recovery;
    private final List<Diagnostic> diagnostics;
    private int counted;
    private int errors;
    private final List<Span> statements = new ArrayList<>();
    private final Set<String> lostTables = new HashSet<>();
    private final Set<String> lostProtocols = new HashSet<>();
    private boolean loseNext;
    private boolean faultyPreamble;
    private Optional<SourceToken> unfinishedLine = Optional.empty();

    /**
     * Creates a parser.
     *
     * @param words
     *            the words of the configuration
     * @param diagnostics
     *            takes the faults, in reading order
     */
    public ParserFacade(MacroExpander words, List<Diagnostic> diagnostics) {
        this.diagnostics = diagnostics;
        this.words = words;
        this.tokens = new StatementTokens(words, diagnostics);
        this.parser = new StatementParser(tokens, words, diagnostics);
        this.recovery = new StatementRecovery(tokens, words.keywords(), diagnostics);
        parser.setErrorHandler(recovery);
    }

    /**
     * Reads up to the next statement without a fault. Faulty ones are reported and skipped.
     *
     * @return the statement, valid until the next call; empty at the end of the configuration
     */
    public Optional<StatementContext> next() {
        while (countErrors() < MOST_MESSAGES && recovery.faults() < MOST_FAULTS) {
            skipNewlines();
            if (tokens.LA(1) == Token.EOF) {
                return Optional.empty();
            }
            boolean lost = loseNext;
            int before = recovery.faults();
            SourceToken first = tokens.next();
            statements.add(first.span());
            Optional<StatementContext> statement = parse();
            loseNext = recovery.losesNext();
            if (!recovery.endsAtSection()) {
                endLine();
            }
            if (recovery.faults() > before && parser.firstSection().isEmpty()) {
                faultyPreamble = true;
            }
            if (statement.isPresent() && !lost) {
                return statement;
            }
            loseSection();
            words.lose(first);
        }
        return Optional.empty();
    }

    private int countErrors() {
        for (; counted < diagnostics.size(); counted++) {
            errors += diagnostics.get(counted).isError() ? 1 : 0;
        }
        return errors;
    }

    private Optional<StatementContext> parse() {
        recovery.begin();
        parser.begin();
        try {
            StatementContext statement = parser.statement();
            return recovery.isFaulty() ? Optional.empty() : Optional.of(statement);
        } catch (RecognitionException fault) {
            if (!recovery.endsAtSection()) {
                recovery.skipStatement((ParserRuleContext) fault.getCtx());
            }
            return Optional.empty();
        }
    }

    /** Takes the newline after a statement; whatever else stands there is a fault of its own. */
    private void endLine() {
        int type = tokens.LA(1);
        if (type == Token.EOF) {
            unfinishedLine = Optional.of(tokens.next());
        } else if (type != RelaydParser.NL) {
            recovery.reportTrailing();
            recovery.skipStatement(null);
        }
    }

    private void skipNewlines() {
        while (tokens.LA(1) == RelaydParser.NL) {
            tokens.consume();
            recovery.reportMatch(parser);
            // A file of empty lines is no statement.
            tokens.forget();
        }
        tokens.forget();
    }

    /**
     * Returns whether a fault stands in front of the first section header. OpenBSD then stops in front of that header,
     * with nothing but the messages so far.
     */
    public boolean hasFaultyPreamble() {
        return faultyPreamble;
    }

    /** Notes that the section read last has a fault and is missing. */
    public void loseSection() {
        parser.header().ifPresent(header -> {
            if (header.rule() == RelaydParser.RULE_table) {
                lostTables.add(header.name().getText());
            } else if (header.rule() == RelaydParser.RULE_protocol) {
                lostProtocols.add(header.name().getText());
            }
        });
    }

    /** Returns the names of all sections that are missing. */
    public LostNames lostNames() {
        return new LostNames(lostTables, lostProtocols);
    }

    /** Returns the first words of all statements, faulty ones too, in reading order. */
    public List<Span> statements() {
        return statements;
    }

    /** Returns the first section header in reading order. */
    public Optional<Span> firstSection() {
        return parser.firstSection();
    }

    /** Returns the end of the main file if its last line has no newline, which OpenBSD 5.1 does not accept. */
    public Optional<Span> unfinishedLine() {
        return unfinishedLine.map(SourceToken::span);
    }
}
