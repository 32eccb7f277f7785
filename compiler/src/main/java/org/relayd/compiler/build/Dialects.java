package org.relayd.compiler.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.source.SourceToken;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.SyntaxCode;
import org.relayd.ir.parsed.DialectMark;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/**
 * Notes which dialect the statements belong to. Where the user chose a dialect, statements of the other one are the
 * syntax errors that they are in OpenBSD.
 */
final class Dialects {
    private final Optional<Dialect> chosen;
    private final List<Diagnostic> diagnostics;
    private final List<DialectMark> marks = new ArrayList<>();
    private final List<Span> sslWords = new ArrayList<>();
    private int begun;

    Dialects(Optional<Dialect> chosen, List<Diagnostic> diagnostics) {
        this.chosen = chosen;
        this.diagnostics = diagnostics;
    }

    /** Begins a statement of the top level. */
    void beginStatement() {
        begun = diagnostics.size();
    }

    /**
     * Notes a construct that one dialect has.
     *
     * @param construct
     *            as a person would name it
     * @param word
     *            where OpenBSD stops reading in the other dialect
     */
    void only(Dialect dialect, String construct, SourceToken word) {
        only(dialect, construct, word, "");
    }

    /**
     * Notes a construct that one dialect has, and the other one in other words.
     *
     * @param instead
     *            what to write in the other dialect; empty if it has nothing like that
     */
    void only(Dialect dialect, String construct, SourceToken word, String instead) {
        if (chosen.isEmpty()) {
            marks.add(new DialectMark(dialect, construct, word.span()));
        } else if (chosen.get() != dialect && !isToldAbout(word.span())) {
            Diagnostic error = Diagnostic
                    .at(SyntaxCode.FOREIGN_STATEMENT, word.span(),
                            "syntax error")
                    .captioned(construct + " belongs to dialect " + dialect.word() + ", this file is read as dialect "
                            + chosen.get().word());
            diagnostics.add(instead.isEmpty() ? error : error.helped("write " + instead));
        }
    }

    /** One fault in a line is enough. */
    private boolean isToldAbout(Span word) {
        return diagnostics.subList(begun, diagnostics.size()).stream().filter(Diagnostic::isError)
                .flatMap(error -> error.primary().stream()).map(Span::site)
                .anyMatch(other -> other.source().equals(word.site().source()) && other.line() == word.site().line());
    }

    /** Notes the keyword {@code ssl}, which the current dialect understood until 2019, with a warning. */
    void ssl(SourceToken word) {
        sslWords.add(word.span());
    }

    /** Returns the constructs of one dialect, in reading order. */
    List<DialectMark> marks() {
        return marks;
    }

    /** Returns the warnings that depend on the dialect of the whole configuration. */
    List<Diagnostic> warnings(Dialect dialect) {
        List<Diagnostic> warnings = new ArrayList<>();
        if (dialect == Dialect.CURRENT) {
            for (Span word : sslWords) {
                warnings.add(Diagnostic.at(AdviceCode.SSL_KEYWORD, word,
                        "please use the \"tls\" keyword instead of \"ssl\"").helped("write tls"));
            }
        }
        return warnings;
    }
}
