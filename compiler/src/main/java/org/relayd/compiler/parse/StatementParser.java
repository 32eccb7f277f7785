package org.relayd.compiler.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.relayd.compiler.source.MacroExpander;
import org.relayd.compiler.source.SourceToken;
import org.relayd.grammar.RelaydParser;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Span;

/**
 * The generated parser with the few acts that must happen between two words: macros are defined and files
 * entered as soon as their statements are complete, and words that OpenBSD refuses the moment it reads them
 * end the statement there.
 */
final class StatementParser extends RelaydParser {
    private final MacroExpander words;
    private final List<Diagnostic> diagnostics;
    private Optional<Span> firstSection = Optional.empty();
    private Optional<SectionHeader> header = Optional.empty();

    StatementParser(StatementTokens tokens, MacroExpander words, List<Diagnostic> diagnostics) {
        super(tokens);
        this.words = words;
        this.diagnostics = diagnostics;
        removeErrorListeners();
        // Every decision of the grammar is made on a few words whatever called the rule; a test watches over that.
        getInterpreter().setPredictionMode(PredictionMode.SLL);
    }

    /** Returns the first section header read so far: after it OpenBSD's first pass over the file ends. */
    Optional<Span> firstSection() {
        return firstSection;
    }

    /** Gets ready for a new statement. */
    void begin() {
        header = Optional.empty();
    }

    /** Returns the header of the section read last, as far as it was read. */
    Optional<SectionHeader> header() {
        return header;
    }

    @Override
    public void exitRule() {
        ParserRuleContext done = getContext();
        super.exitRule();
        if (done.exception == null && !complete(done)) {
            throw new RefusedStatementException(this);
        }
    }

    /** Acts on a rule that was just read; returns whether parsing goes on. */
    private boolean complete(ParserRuleContext done) {
        return switch (done.getRuleIndex()) {
            case RULE_include -> words.include(lastWord(done), span(done));
            case RULE_macroDefinition -> words.define((SourceToken) done.getStart(), lastWord(done), span(done));
            case RULE_checkScheme -> acceptable(SyntaxErrors.checkType(lastWord(done), words.keywords()));
            case RULE_protocolType -> acceptable(SyntaxErrors.protocolType(lastWord(done)));
            case RULE_name, RULE_tableName -> {
                if (header.isEmpty()) {
                    noteSection(done.getParent(), lastName(done));
                }
                yield true;
            }
            default -> true;
        };
    }

    private boolean acceptable(Optional<Diagnostic> fault) {
        fault.ifPresent(diagnostics::add);
        return fault.isEmpty();
    }

    private void noteSection(ParserRuleContext parent, SourceToken name) {
        int rule = parent == null ? -1 : parent.getRuleIndex();
        if (rule == RULE_table || rule == RULE_redirect || rule == RULE_relay || rule == RULE_protocol
                || rule == RULE_router) {
            header = Optional.of(new SectionHeader(rule, name));
            if (firstSection.isEmpty()) {
                firstSection = Optional
                        .of(((SourceToken) parent.getStart()).spanTo((SourceToken) getInputStream().LT(-1)));
            }
        }
    }

    // A table's name stands between angle brackets.
    private static SourceToken lastName(ParserRuleContext name) {
        return name instanceof TableNameContext table && table.name() != null
                ? (SourceToken) table.name().getStart() : (SourceToken) name.getStart();
    }

    private static SourceToken lastWord(ParserRuleContext context) {
        return (SourceToken) context.getStop();
    }

    private static Span span(ParserRuleContext context) {
        return ((SourceToken) context.getStart()).spanTo((SourceToken) context.getStop());
    }
}
