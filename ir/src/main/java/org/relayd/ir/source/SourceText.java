package org.relayd.ir.source;

import java.util.Arrays;

/**
 * One piece of text that was read as configuration: a file, or the value of a macro at one place of use. Equality is
 * identity: a file included twice is two source texts with two origins.
 */
public final class SourceText {
    private final String name;
    private final String text;
    private final Origin origin;
    private int[] lineStarts;

    /**
     * Creates a source text.
     *
     * @param name
     *            file name exactly as given to {@code -f} or {@code include}; for a macro value, the name
     *            of the file that uses it
     * @param text
     *            the whole text, lines separated by LF
     * @param origin
     *            what brought the text in
     */
    public SourceText(String name, String text, Origin origin) {
        this.name = name;
        this.text = text;
        this.origin = origin;
    }

    /** Returns the file name as the user wrote it; the FILE of {@code FILE:LINE: message}. */
    public String name() {
        return name;
    }

    /** Returns the whole text. */
    public String text() {
        return text;
    }

    /** Returns what brought this text in. */
    public Origin origin() {
        return origin;
    }

    /**
     * Returns the line that holds an offset.
     *
     * @param offset
     *            0-based character offset, from 0 to the length of the text
     * @return 1-based line number
     */
    public int lineOf(int offset) {
        int found = Arrays.binarySearch(lineStarts(), offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /**
     * Returns the column of an offset.
     *
     * @param offset
     *            0-based character offset, from 0 to the length of the text
     * @return 1-based column, counted in characters
     */
    public int columnOf(int offset) {
        return offset - lineStarts()[lineOf(offset) - 1] + 1;
    }

    /**
     * Returns the text of one line without its line end.
     *
     * @param line
     *            1-based line number of this text
     */
    public String line(int line) {
        int[] starts = lineStarts();
        int end = line < starts.length ? starts[line] - 1 : text.length();
        return text.substring(starts[line - 1], end);
    }

    // Computed when the first diagnostic asks: a configuration without diagnostics never pays for it.
    private int[] lineStarts() {
        if (lineStarts == null) {
            int[] starts = new int[16];
            int count = 1;
            for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = at + 1;
            }
            lineStarts = Arrays.copyOf(starts, count);
        }
        return lineStarts;
    }

    @Override
    public String toString() {
        return name;
    }
}
