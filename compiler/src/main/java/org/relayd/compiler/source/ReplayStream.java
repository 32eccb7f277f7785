package org.relayd.compiler.source;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;
import org.relayd.ir.source.SourceText;

/**
 * Characters of one file, with the value of at most one macro in front of the rest of the file. That is all macros
 * need: a value is read again as input, what follows it in the file is glued to its last word, and no macro is
 * replaced inside a value.
 *
 * <p>A position is a file offset plus {@link #SHIFT}. The value of a macro that ends in front of position p takes the
 * positions just below p, so the lexer sees one run of characters and every position of the file keeps its number.
 */
final class ReplayStream implements CharStream {
    /** Keeps the positions of a macro's value, which is never longer than this, above zero. */
    private static final int SHIFT = 1 << 24;
    /**
     * What the lexer sees for each ASCII character: one letter for all letters, one digit for all digits, one sign for
     * all that may stand inside a word only. The rules treat them alike, and each pair of a state and a character that
     * the lexer has not met in this process costs as much as reading some hundred known ones.
     */
    private static final char[] SEEN = seen();
    /** Stands for every character above ASCII: the lexer treats them alike, and it is fast for ASCII only. */
    private static final int BEYOND_ASCII = 0x7f;

    private final SourceText file;
    private final String text;
    private final int end;
    private int position = SHIFT;

    private SourceText expansion;
    private String value = "";
    /** Positions of the value: from here ... */
    private int valueStart = SHIFT;
    /** ... up to here, where the file goes on. */
    private int valueEnd = SHIFT;
    /** File offset of the reference that the value replaces. */
    private int reference;

    private static char[] seen() {
        char[] seen = new char[BEYOND_ASCII];
        for (char character = 0; character < BEYOND_ASCII; character++) {
            boolean letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
            boolean digit = character >= '0' && character <= '9';
            boolean inner = "%&*+.;?@[]^~|`".indexOf(character) >= 0;
            seen[character] = letter ? 'a' : digit ? '0' : inner ? '.' : character;
        }
        return seen;
    }

    ReplayStream(SourceText file) {
        this.file = file;
        this.expansion = file;
        this.text = file.text();
        this.end = SHIFT + text.length();
    }

    /**
     * Puts the value of a macro in front of what is read next.
     *
     * @param value
     *            a source text with the macro's value
     * @param reference
     *            file offset of the reference; the file goes on after the current position
     */
    void replay(SourceText value, int reference) {
        if (value.text().length() > SHIFT) {
            throw new IllegalArgumentException("macro value of " + value.text().length() + " characters");
        }
        this.expansion = value;
        this.value = value.text();
        this.reference = reference;
        valueEnd = position;
        valueStart = valueEnd - this.value.length();
        position = valueStart;
    }

    /** Makes a token of the characters from one position to another, both inclusive. */
    SourceToken token(int type, int from, int to) {
        int behind = to + 1;
        if (from >= valueEnd) {
            return new SourceToken(type, file, from - SHIFT, Math.max(from, behind) - SHIFT, null);
        }
        if (behind <= valueEnd) {
            return new SourceToken(type, expansion, from - valueStart, Math.max(from, behind) - valueStart, null);
        }
        return new SourceToken(type, file, reference, behind - SHIFT, getText(Interval.of(from, to)));
    }

    /** Returns a place after the last character of the file. */
    SourceToken endToken(int type) {
        return new SourceToken(type, file, text.length(), text.length(), null);
    }

    /** Goes on at the end of the current line of the file, in front of its newline. A joined line counts as one. */
    void skipLine() {
        int at = Math.max(position, valueEnd);
        while (at < end && text.charAt(at - SHIFT) != '\n') {
            at += text.charAt(at - SHIFT) == '\\' ? 2 : 1;
        }
        position = Math.min(at, end);
    }

    /**
     * Returns the next character as it counts outside quotes, joined lines and needless backslashes
     * skipped; EOF at the end.
     */
    int nextPlain() {
        int ahead = 1;
        while (character(ahead) == '\\') {
            if (character(ahead + 1) != '\n') {
                return character(ahead + 1);
            }
            ahead += 2;
        }
        return character(ahead);
    }

    @Override
    public int LA(int offset) {
        int character = character(offset);
        return character < 0 ? IntStream.EOF : character < BEYOND_ASCII ? SEEN[character] : BEYOND_ASCII;
    }

    /**
     * Returns the character that lies this far ahead, from 1, or back, from -1; EOF at the end,
     * NUL in front of the text.
     */
    private int character(int offset) {
        return at(offset > 0 ? position + offset - 1 : position + offset);
    }

    /** Returns the character at a position; EOF at the end, NUL in front of the text. */
    int at(int at) {
        if (at >= valueEnd) {
            return at < end ? text.charAt(at - SHIFT) : IntStream.EOF;
        }
        return at >= valueStart ? value.charAt(at - valueStart) : 0;
    }

    @Override
    public void consume() {
        if (position >= end) {
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
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {
        // All characters stay in memory: nothing to give back.
    }

    @Override
    public int size() {
        return end;
    }

    @Override
    public String getSourceName() {
        return file.name();
    }

    @Override
    public String getText(Interval interval) {
        int from = interval.a;
        int behind = Math.min(interval.b + 1, end);
        if (from >= valueEnd) {
            return text.substring(from - SHIFT, Math.max(from, behind) - SHIFT);
        }
        String front = value.substring(from - valueStart, Math.min(behind, valueEnd) - valueStart);
        return behind <= valueEnd ? front : front + text.substring(valueEnd - SHIFT, behind - SHIFT);
    }
}
