package org.relayd.compiler.source;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.relayd.ir.source.SourceText;
import org.relayd.ir.source.Span;

/**
 * A word of the configuration with the text it stands in. Lines and columns are not kept: a span computes them when a
 * diagnostic asks.
 */
public final class SourceToken implements Token {
    private final SourceText source;
    private final int start;
    private final int end;
    private int type;
    private int index = -1;
    private String value;

    /**
     * Creates a token.
     *
     * @param start
     *            offset of its first character in the source text
     * @param end
     *            offset after its last character
     * @param value
     *            what it means where that differs from the characters in the span; null where it is those characters
     */
    SourceToken(int type, SourceText source, int start, int end, String value) {
        this.type = type;
        this.source = source;
        this.start = start;
        this.end = end;
        this.value = value;
    }

    /** Returns the place of the word; for a word that a macro began and the file ended, the place in the file. */
    public Span span() {
        return new Span(source, start, end);
    }

    /** Returns the span from this word to another one. */
    public Span spanTo(SourceToken last) {
        return source == last.source ? new Span(source, start, Math.max(end, last.end)) : span().to(last.span());
    }

    /** Returns the place of its first character. */
    Span firstCharacter() {
        return new Span(source, start, Math.min(start + 1, end));
    }

    /** Returns whether the word goes over several lines, as a quoted string can. */
    public boolean isMultiline() {
        int newline = source.text().indexOf('\n', start);
        return newline >= 0 && newline < end - 1;
    }

    /** Returns the text that the word stands in. */
    public SourceText source() {
        return source;
    }

    /** Returns the word as it counts: quotes and needless backslashes are gone. */
    @Override
    public String getText() {
        if (value == null) {
            value = source.text().substring(start, end);
        }
        return value;
    }

    @Override
    public int getType() {
        return type;
    }

    void setType(int type) {
        this.type = type;
    }

    void setValue(String value) {
        this.value = value;
    }

    /** Returns the end of the configuration, put where this word stands. */
    public SourceToken asEnd() {
        return new SourceToken(EOF, source, start, start, null);
    }

    /** Sets the position in the token stream. */
    public void setIndex(int index) {
        this.index = index;
    }

    @Override
    public int getLine() {
        return source.lineOf(start);
    }

    @Override
    public int getCharPositionInLine() {
        return source.columnOf(start) - 1;
    }

    @Override
    public int getChannel() {
        return DEFAULT_CHANNEL;
    }

    @Override
    public int getTokenIndex() {
        return index;
    }

    @Override
    public int getStartIndex() {
        return start;
    }

    @Override
    public int getStopIndex() {
        return end - 1;
    }

    @Override
    public TokenSource getTokenSource() {
        throw new UnsupportedOperationException("tokens do not know their lexer");
    }

    @Override
    public CharStream getInputStream() {
        throw new UnsupportedOperationException("tokens do not know their characters");
    }

    @Override
    public String toString() {
        return type == EOF ? "<EOF>" : getText();
    }
}
