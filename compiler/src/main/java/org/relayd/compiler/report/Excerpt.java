package org.relayd.compiler.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.ir.source.Span;

/**
 * A source line as it is shown, with the columns to underline.
 *
 * @param line
 *            the line, tabs replaced by blanks, long lines cut around the place
 * @param indent
 *            columns in front of the place
 * @param length
 *            columns of the place, at least one
 */
record Excerpt(String line, int indent, int length) {
    private static final String TAB = "    ";
    private static final int WIDEST = 100;
    private static final int BEFORE = 40;

    /** What follows the word in a setting, in quotes or not; messages go to terminals, mails and logs. */
    private static final Pattern SECRET = Pattern
            .compile("(?<![\"\\w])password\\s+(\"(?:[^\"\\\\]|\\\\.)*|[^\\s,}#\"]+)");

    static Excerpt of(Span span) {
        String line = withoutSecrets(span.source().line(span.line()));
        int start = Math.min(span.column() - 1, line.length());
        int end = Math.min(line.length(), start + Math.max(1, span.end() - span.start()));
        int from = line.length() <= WIDEST || start <= BEFORE ? 0 : start - BEFORE;
        int to = Math.min(line.length(), from + WIDEST);
        String cut = from > 0 ? "..." : "";
        String shown = cut + printable(line.substring(from, to)) + (to < line.length() ? "..." : "");
        int indent = cut.length() + printable(line.substring(from, Math.min(start, to))).length();
        int length = printable(line.substring(Math.min(start, to), Math.min(end, to))).length();
        return new Excerpt(shown, indent, Math.max(1, length));
    }

    /** Returns a line of the same length with stars in place of passwords. */
    private static String withoutSecrets(String line) {
        Matcher secret = SECRET.matcher(line);
        StringBuilder shown = new StringBuilder(line);
        while (secret.find()) {
            for (int at = secret.start(1); at < secret.end(1); at++) {
                if (line.charAt(at) != '"') {
                    shown.setCharAt(at, '*');
                }
            }
        }
        return shown.toString();
    }

    /** Returns a text with tabs as blanks and without characters that would disturb a terminal. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\t') {
                shown.append(TAB);
            } else if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
                shown.append('?');
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}
