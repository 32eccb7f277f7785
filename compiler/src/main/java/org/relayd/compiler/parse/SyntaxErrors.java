package org.relayd.compiler.parse;

import static org.relayd.grammar.RelaydParser.*;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.relayd.compiler.source.SimilarNames;
import org.relayd.compiler.source.SourceToken;
import org.relayd.compiler.words.CheckWord;
import org.relayd.compiler.words.Keyword;
import org.relayd.compiler.words.Keywords;
import org.relayd.ir.diagnostic.Audience;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.ProtocolCode;
import org.relayd.ir.diagnostic.SyntaxCode;
import org.relayd.ir.diagnostic.TableCode;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ProtocolType;
import org.relayd.ir.term.Word;

/** The messages about statements. First lines are the original's, which says no more than "syntax error". */
final class SyntaxErrors {
    private final Parser parser;
    private final Keywords keywords;

    SyntaxErrors(Parser parser, Keywords keywords) {
        this.parser = parser;
        this.keywords = keywords;
    }

    /**
     * Explains a fault inside a statement.
     *
     * @param offending
     *            the word that cannot stand where it stands
     * @param previous
     *            the word in front of it in the same statement
     */
    Diagnostic inStatement(RecognitionException fault, SourceToken offending, Optional<SourceToken> previous) {
        Diagnostic error = plain(offending);
        ParserRuleContext context = (ParserRuleContext) fault.getCtx();
        if (error.code() == SyntaxCode.AFTER_FAULT) {
            return error;
        } else if (fault instanceof UnclosedBlockException) {
            return unclosed(error, context, offending);
        }
        Optional<String> foreign = foreign(context);
        if (foreign.isPresent()) {
            return error.captioned(foreign.get());
        }
        int before = previous.map(SourceToken::getType).orElse(NL);
        ExpectedTokens expected = expected(fault, context);
        Diagnostic captioned = opened(error.captioned(caption(context, expected, before)), context, offending);
        Optional<String> statement = HabitAdvice.about(context, offending, previous)
                .or(() -> StatementAdvice.about(context, offending));
        if (previous.isPresent() && previous.get().isMultiline()) {
            return captioned.labelled(previous.get().span(), "this string goes over several lines");
        } else if (statement.isPresent()) {
            return captioned.helped(statement.get());
        }
        return new SyntaxAdvice(expected, near(context), offending, previous)
                .advice(context.getStart() instanceof SourceToken first ? first : offending)
                .map(advice -> advised(captioned, advice, offending)).orElse(captioned);
    }

    // The original names the line of the last word it read, so the mark stays in this line.
    private static Diagnostic advised(Diagnostic error, SyntaxAdvice.Advice advice, SourceToken offending) {
        Span place = advice.culprit().map(SourceToken::span)
                .filter(span -> span.source() == offending.source() && span.line() == offending.getLine())
                .orElse(offending.span());
        Diagnostic moved = advice.culprit().isEmpty() ? error : error.movedTo(place).captioned(advice.caption());
        return moved.helped(advice.text());
    }

    // What could follow in a statement of the other dialect is of no interest.
    private Optional<String> foreign(ParserRuleContext context) {
        for (RuleContext rule = context; rule != null; rule = rule.getParent()) {
            switch (rule.getRuleIndex()) {
                case RULE_action -> {
                    return keywords.isForeign(FILTER)
                            ? Optional.of("actions belong to dialect 5.1, this file is read as dialect current")
                            : Optional.empty();
                }
                case RULE_filterRule -> {
                    return keywords.isForeign(PASS)
                            ? Optional.of("filter rules belong to dialect current, this file is read as dialect 5.1")
                            : Optional.empty();
                }
                default -> {
                    // Look further out.
                }
            }
        }
        return Optional.empty();
    }

    /** Explains words after a complete statement. */
    static Diagnostic behindStatement(SourceToken offending) {
        Diagnostic error = plain(offending);
        if (error.code() == SyntaxCode.AFTER_FAULT) {
            return error;
        }
        Diagnostic captioned = error.captioned("expected the end of the line");
        return offending.getType() == UNKNOWN ? captioned.helped(SyntaxAdvice.character(offending)) : captioned;
    }

    /**
     * Explains a section without settings whose opening brace stands on the next line: OpenBSD misses the brace first.
     */
    static Diagnostic emptySection(SourceToken header, SourceToken closing) {
        return plain(header).captioned("expected `{`").labelled(closing.span(),
                "nothing stands in front of this brace");
    }

    /** Refuses a statement that would take all memory; reading ends there. */
    static Diagnostic statementTooLong(SourceToken word, SourceToken first) {
        return Diagnostic.at(SyntaxCode.STATEMENT_TOO_LONG, word.span(), "statement too long")
                .captioned("the millionth word of one statement").labelled(first.span(), "begins here");
    }

    private static Diagnostic plain(SourceToken offending) {
        // What is wrong with a refused word was told when it was read.
        return offending.getType() == REFUSED
                ? Diagnostic.at(SyntaxCode.AFTER_FAULT, offending.span(), "syntax error").heardBy(Audience.PROGRAMS)
                : Diagnostic.at(SyntaxCode.SYNTAX_ERROR, offending.span(), "syntax error");
    }

    private static Diagnostic unclosed(Diagnostic error, ParserRuleContext section, SourceToken offending) {
        String caption = offending.getType() == Token.EOF ? "the file ends inside a section"
                : "a section begins inside another one";
        ParserRuleContext header = section.getRuleIndex() == RULE_protocolBody ? section.getParent() : section;
        return error.captioned(caption).labelled(((SourceToken) header.getStart()).span(), "not closed")
                .helped(offending.getType() == TABLE && (section.getRuleIndex() == RULE_relay
                        || section.getRuleIndex() == RULE_redirect)
                                ? "tables are defined outside, and used with: forward to <NAME>"
                                : "close the section with }");
    }

    /** Adds the place of the opening brace of a list that should have ended. */
    private static Diagnostic opened(Diagnostic error, ParserRuleContext list, SourceToken offending) {
        TerminalNode brace = list.getToken(LBRACE, 0);
        if (brace == null || list.getToken(RBRACE, 0) != null) {
            return error;
        }
        SourceToken opening = (SourceToken) brace.getSymbol();
        boolean near = opening.source().equals(offending.source()) && opening.getLine() == offending.getLine();
        return near ? error : error.labelled(opening.span(), "not closed");
    }

    private ExpectedTokens expected(RecognitionException fault, RuleContext context) {
        int setting = settingOf(context);
        return setting >= 0 ? ExpectedTokens.beginning(parser, setting, keywords)
                : ExpectedTokens.at(parser, fault, keywords);
    }

    /** Finds the words that a word in front of the fault may have been meant to be. */
    private ExpectedTokens near(ParserRuleContext context) {
        ParserRuleContext rule = StatementAdvice.optionOf(context);
        boolean named = rule.getStart() instanceof SourceToken first && first.getType() != WORD
                && rule.getRuleIndex() != RULE_statement;
        return named ? ExpectedTokens.after(parser, rule.getRuleIndex(), rule.getStart().getType(), keywords)
                : ExpectedTokens.beginning(parser, RULE_statement, keywords);
    }

    /** Returns the rule of the settings that an option or its list in braces has, or -1. */
    private static int settingOf(RuleContext context) {
        if (!(context instanceof ProtocolOptionContext option)
                || (option.getToken(LBRACE, 0) == null && option.getStart().getType() == RETURN)) {
            return -1;
        }
        return switch (option.getStart().getType()) {
            case TLS, SSL -> RULE_tlsFlag;
            case TCP -> RULE_tcpFlag;
            case HTTP -> RULE_httpFlag;
            case RETURN -> RULE_errorStyle;
            default -> throw new IllegalStateException("no settings behind " + option.getStart().getText());
        };
    }

    private static String caption(ParserRuleContext context, ExpectedTokens expected, int before) {
        boolean begins = before == NL || before == LBRACE;
        int rule = context.getRuleIndex();
        if (begins) {
            switch (rule) {
                case RULE_statement -> {
                    return "no statement begins like this";
                }
                case RULE_redirect, RULE_redirectOption -> {
                    return "no setting of a redirection";
                }
                case RULE_relay, RULE_relayOption -> {
                    return "no setting of a relay";
                }
                case RULE_protocolBody, RULE_oldOption -> {
                    return "no setting of a protocol";
                }
                case RULE_router, RULE_routerOption -> {
                    return "no setting of a router";
                }
                default -> {
                    // Inside a list.
                }
            }
        }
        if (rule == RULE_redirect || rule == RULE_relay || rule == RULE_protocolBody || rule == RULE_router) {
            return "expected the end of the line";
        }
        String sentence = expected.sentence(before);
        return sentence.isEmpty() ? kind(settingOf(context) >= 0 ? settingOf(context) : rule) : sentence;
    }

    // Where more words could stand than anybody wants to read.
    private static String kind(int rule) {
        return switch (rule) {
            case RULE_globalLog -> "no log setting of this dialect";
            case RULE_globalSetting, RULE_statement -> "expected a statement";
            case RULE_tableUse, RULE_tableOption -> "expected a table option such as `port` or `check`";
            case RULE_check -> "expected a check such as `icmp`, `tcp` or `http`";
            case RULE_tlsFlag -> "expected a TLS setting";
            case RULE_tcpFlag -> "expected a TCP setting";
            case RULE_httpFlag -> "expected an HTTP setting";
            case RULE_relayTarget -> "expected a table, an address, `destination` or `nat lookup`";
            case RULE_actionVerb -> "expected an action such as `append` or `filter`";
            case RULE_filterRule, RULE_ruleOption -> "expected an option of the rule";
            default -> "";
        };
    }

    /** Returns the fault of a word after {@code check}, if it is one. */
    static Optional<Diagnostic> checkType(SourceToken word, Keywords keywords) {
        String type = word.getText();
        if (type.equals(CheckWord.HTTP.words()) || type.equals(CheckWord.HTTPS.words())) {
            return Optional.empty();
        }
        boolean old = keywords.isForeign(TLS);
        List<String> types = CheckWord.of(old ? Dialect.V5_1 : Dialect.CURRENT);
        Diagnostic error = Diagnostic.at(TableCode.INVALID_CHECK_TYPE, word.span(), "invalid check type: " + type)
                .captioned("checks are " + String.join(", ", types));
        Optional<String> help = old ? Keyword.spelled(type).filter(keyword -> keyword.type() == TLS)
                .flatMap(Keyword::instead) : Optional.empty();
        return Optional.of(help.or(() -> SimilarNames.nearest(type, types)).map(meant -> error.helped("write " + meant))
                .orElse(error));
    }

    /** Returns the fault of a word in front of {@code protocol}, if it is one. */
    static Optional<Diagnostic> protocolType(SourceToken word) {
        String type = word.getText();
        if (Word.of(ProtocolType.values(), type).isPresent()) {
            return Optional.empty();
        }
        List<String> types = Stream.of(ProtocolType.values()).map(Word::word).toList();
        int last = types.size() - 1;
        Diagnostic error = Diagnostic
                .at(ProtocolCode.INVALID_PROTOCOL_TYPE, word.span(), "invalid protocol type: " + type)
                .captioned("types are " + String.join(", ", types.subList(0, last)) + " and " + types.get(last));
        return Optional.of(SimilarNames.nearest(type, types)
                .map(meant -> error.helped("write " + meant)).orElse(error));
    }
}
