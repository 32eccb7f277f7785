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
     * Returns a string in quotes. Inside quotes a backslash is taken literally except in front of the quote, a blank or
     * a tab. What then cannot be written is reported: a backslash at the end, a newline, a NUL.
     */
    String quoted(String value) {
        char quote = value.indexOf('"') >= 0 && value.indexOf('\'') < 0 ? '\'' : '"';
        StringBuilder written = new StringBuilder().append(quote);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean last = i + 1 == value.length();
            if ((c == '\\' && last) || c == '\n' || c == 0) {
                unwritable.add(value);
            }
            boolean eaten = c == '\\' && !last && (value.charAt(i + 1) == ' ' || value.charAt(i + 1) == '\t');
            written.append(c == quote || eaten ? "\\" : "").append(c);
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
