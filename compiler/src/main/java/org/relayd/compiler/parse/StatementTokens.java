package org.relayd.compiler.parse;

import java.util.Arrays;
import java.util.List;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.Interval;
import org.relayd.compiler.source.MacroExpander;
import org.relayd.compiler.source.SourceToken;
import org.relayd.ir.diagnostic.Diagnostic;

/**
 * The words of the statement being parsed. In contrast to ANTLR's streams no word is fetched before the parser asks for
 * it, so that a macro or an include is in force before the next word is found.
 */
final class StatementTokens implements TokenStream {
    /** Bounds the memory for one parse tree: some 350 MB. */
    private static final int MOST_WORDS = 1_000_000;

    private final MacroExpander source;
    private final List<Diagnostic> diagnostics;
    private SourceToken[] words = new SourceToken[256];
    private int size;
    private int position;

    StatementTokens(MacroExpander source, List<Diagnostic> diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    /** Forgets the words already consumed. */
    void forget() {
        System.arraycopy(words, position, words, 0, size - position);
        int left = size - position;
        if (words.length > 4096) {
            words = Arrays.copyOf(words, Math.max(256, left));
        } else {
            Arrays.fill(words, left, size, null);
        }
        size = left;
        position = 0;
        for (int at = 0; at < size; at++) {
            words[at].setIndex(at);
        }
    }

    /** Returns the word that comes next. */
    SourceToken next() {
        return word(position);
    }

    private SourceToken word(int at) {
        while (at >= size) {
            if (size > 0 && words[size - 1].getType() == Token.EOF) {
                return words[size - 1];
            }
            if (size == words.length) {
                words = Arrays.copyOf(words, size * 2);
            }
            SourceToken fetched = source.next();
            if (size == MOST_WORDS) {
                diagnostics.add(SyntaxErrors.statementTooLong(fetched, words[0]));
                fetched = fetched.asEnd();
            }
            fetched.setIndex(size);
            words[size++] = fetched;
        }
        return words[at];
    }

    @Override
    public int LA(int offset) {
        return offset < 0 && position + offset < 0 ? Token.INVALID_TYPE : LT(offset).getType();
    }

    @Override
    public SourceToken LT(int offset) {
        int at = offset > 0 ? position + offset - 1 : position + offset;
        return at < 0 ? null : word(at);
    }

    @Override
    public void consume() {
        if (next().getType() == Token.EOF) {
            throw new IllegalStateException("cannot consume EOF");
        }
        position++;
    }

    @Override
    public int index() {
        return position;
    }

    @Override
    public void seek(int index) {
        position = index;
    }

    @Override
    public Token get(int index) {
        return words[index];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {
        // Words stay until forget().
    }

    @Override
    public String getSourceName() {
        return next().source().name();
    }

    @Override
    public TokenSource getTokenSource() {
        throw new UnsupportedOperationException("words do not come from an ANTLR token source");
    }

    @Override
    public String getText(Interval interval) {
        StringBuilder text = new StringBuilder();
        for (int at = interval.a; at <= interval.b && at < size; at++) {
            text.append(text.isEmpty() ? "" : " ").append(words[at].getText());
        }
        return text.toString();
    }

    @Override
    public String getText() {
        return getText(Interval.of(0, size - 1));
    }

    @Override
    public String getText(RuleContext context) {
        return getText(context.getSourceInterval());
    }

    @Override
    public String getText(Token start, Token stop) {
        return getText(Interval.of(start.getTokenIndex(), stop.getTokenIndex()));
    }
}
