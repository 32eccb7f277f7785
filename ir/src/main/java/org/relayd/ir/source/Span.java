package org.relayd.ir.source;

/**
 * A stretch of a source text.
 *
 * @param source
 *            the text
 * @param start
 *            0-based offset of the first character
 * @param end
 *            0-based offset after the last character; equal to {@code start} for a place between characters
 */
public record Span(SourceText source, int start, int end) {

    /** Checks the bounds. */
    public Span {
        if (start < 0 || end < start || end > source.text().length()) {
            throw new IllegalArgumentException("span " + start + ".." + end + " is outside " + source.name());
        }
    }

    /** Returns the 1-based line of the first character. */
    public int line() {
        return source.lineOf(start);
    }

    /** Returns the 1-based column of the first character. */
    public int column() {
        return source.columnOf(start);
    }

    /** Returns the characters of the span. */
    public String text() {
        return source.text().substring(start, end);
    }

    /**
     * Returns the place in a file that stands for this span: the span itself, or for text that came out of a macro the
     * outermost reference to that macro. The FILE and LINE of a diagnostic are those of the site.
     */
    public Span site() {
        return source.origin() instanceof Origin.Expanded expanded ? expanded.use().site() : this;
    }

    /**
     * Returns the span from the start of this one to the end of another. Where the two lie in different texts (one came
     * out of a macro) their sites are joined; where those differ too, the first site is returned.
     */
    public Span to(Span last) {
        if (source == last.source) {
            return new Span(source, start, Math.max(end, last.end));
        }
        Span from = site();
        Span until = last.site();
        return from.source == until.source ? new Span(from.source, from.start, Math.max(from.end, until.end)) : from;
    }
}
