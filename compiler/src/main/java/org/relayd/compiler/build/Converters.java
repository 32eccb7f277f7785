package org.relayd.compiler.build;

import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.relayd.compiler.source.SourceToken;
import org.relayd.compiler.words.Keyword;
import org.relayd.grammar.RelaydParser;
import org.relayd.grammar.RelaydParser.ForwardModeContext;
import org.relayd.grammar.RelaydParser.PortContext;
import org.relayd.grammar.RelaydParser.TableNameContext;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.PortSpec;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ForwardMode;
import org.relayd.ir.term.Word;

/** Turns the smallest parts of parse trees into typed values; nobody else asks a tree for its text. */
final class Converters {
    private final Dialects dialects;

    Converters(Dialects dialects) {
        this.dialects = dialects;
    }

    Dialects dialects() {
        return dialects;
    }

    /** Returns the place of a whole rule. */
    static Span span(ParserRuleContext rule) {
        return first(rule).spanTo(last(rule));
    }

    /** Returns the first word of a rule. */
    static SourceToken first(ParserRuleContext rule) {
        return (SourceToken) rule.getStart();
    }

    /** Returns the last word of a rule. */
    static SourceToken last(ParserRuleContext rule) {
        return (SourceToken) rule.getStop();
    }

    /** Returns a word of the tree. */
    static SourceToken word(TerminalNode node) {
        return (SourceToken) node.getSymbol();
    }

    /**
     * Returns the string of a rule that is one word. A reserved word is one too, in the dialect
     * that does not reserve it.
     */
    Text text(ParserRuleContext rule) {
        SourceToken word = first(rule);
        Optional<Dialect> reserving = Keyword.of(word.getType())
                .flatMap(keyword -> keyword.reserved().throughout());
        if (reserving.isPresent()) {
            Dialect other = switch (reserving.get()) {
                case V5_1 -> Dialect.CURRENT;
                case CURRENT -> Dialect.V5_1;
            };
            dialects.only(other, "the name \"" + word.getText() + "\" without quotes", word,
                    "\"" + word.getText() + "\"");
        }
        return text(word);
    }

    /** Returns the string of a rule that may be missing. */
    Optional<Text> optionalText(ParserRuleContext rule) {
        return rule == null ? Optional.empty() : Optional.of(text(rule));
    }

    /** Returns a word as string. */
    static Text text(SourceToken word) {
        return new Text(word.getText(), word.span());
    }

    /** Returns the name between angle brackets. */
    Text tableName(TableNameContext rule) {
        return text(rule.name());
    }

    /** Returns a number; the words of this kind fit 64 bits. */
    static Count count(TerminalNode number) {
        SourceToken word = word(number);
        return new Count(Long.parseLong(word.getText()), word.span());
    }

    /** Returns a number that may be missing. */
    static Optional<Count> optionalCount(TerminalNode number) {
        return number == null ? Optional.empty() : Optional.of(count(number));
    }

    PortSpec port(PortContext rule) {
        RelaydParser.PortValueContext value = rule.portValue();
        if (value.NUMBER() != null) {
            return new PortSpec.Numeric(count(value.NUMBER()));
        }
        // A service may be named like a keyword: http in the current dialect.
        return new PortSpec.Named(text(first(value)));
    }

    static ForwardMode forwardMode(ForwardModeContext rule) {
        return value(first(rule), ForwardMode.values());
    }

    /** Returns the value that a keyword stands for. */
    static <W extends Word> W value(SourceToken keyword, W[] values) {
        Optional<W> known = Word.of(values, keyword.getText());
        if (known.isEmpty()) {
            throw Trees.unknown(keyword);
        }
        return known.get();
    }

    /** Returns whether one of the words {@code tls} and {@code ssl} is there, and notes the dialect. */
    boolean tls(TerminalNode tls, TerminalNode ssl) {
        if (ssl != null) {
            dialects.ssl(word(ssl));
        } else if (tls != null) {
            dialects.only(Dialect.CURRENT, "tls", word(tls), "ssl");
        }
        return tls != null || ssl != null;
    }
}
