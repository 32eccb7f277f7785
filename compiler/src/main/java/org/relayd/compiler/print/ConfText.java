package org.relayd.compiler.print;

import java.util.ArrayList;
import java.util.List;

/** Text of a relayd.conf(5) in the making: indented lines, quoted strings. */
final class ConfText {
    private final StringBuilder text = new StringBuilder();
    private final List<String> unwritable = new ArrayList<>();
    private String indent = "";

    /** Adds a line at the current depth. */
    void line(String words) {
        text.append(words.isEmpty() ? "" : indent).append(words).append('\n');
    }

    /** Adds a line that ends in an opening brace; what follows is one deeper. */
    void open(String header) {
        line(header + " {");
        indent += "\t";
    }

    /** Closes the innermost brace. */
    void close() {
        indent = indent.substring(1);
        line("}");
    }

    /**
     * Returns a string in quotes. Inside quotes a backslash is taken literally except in front of the quote, a blank, a tab or the
     * end; such a text cannot be written and is reported.
     */
    String quoted(String value) {
        char quote = value.indexOf('"') >= 0 && value.indexOf('\'') < 0 ? '\'' : '"';
        StringBuilder written = new StringBuilder().append(quote);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            char next = i + 1 < value.length() ? value.charAt(i + 1) : quote;
            boolean eaten = c == '\\' && (next == quote || next == ' ' || next == '\t');
            if (eaten || c == '\n' || c == 0) {
                unwritable.add(value);
            }
            written.append(c == quote ? "\\" : "").append(c);
        }
        return written.append(quote).toString();
    }

    /** Returns the strings that relayd.conf(5) has no way to write, in order of appearance. */
    List<String> unwritable() {
        return List.copyOf(unwritable);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
