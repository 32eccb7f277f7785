package org.relayd.compiler.format;

import org.relayd.compiler.format.Lexeme.Kind;

/**
 * Cuts a file into lexemes; put together again they are the file. relayd.conf(5): DESCRIPTION has the
 * rules of words and quotes.
 */
final class LayoutScanner {
    private static final String ENDS_WORD = "(){}<>!=#,/ \t\n";
    private final String text;
    private int at;
    // A quote or hash mark in the middle of a word belongs to the word; a hash mark never does.
    private boolean tokenStart = true;

    LayoutScanner(String text) {
        this.text = text;
    }

    boolean hasNext() {
        return at < text.length();
    }

    Lexeme next() {
        int start = at;
        char c = text.charAt(at);
        Kind kind = switch (c) {
            case ' ', '\t' -> blank();
            case '\n' -> single(Kind.NEWLINE);
            case '{' -> single(Kind.OPEN);
            case '}' -> single(Kind.CLOSE);
            case ',' -> single(Kind.COMMA);
            case '#' -> comment();
            case '\\' -> backslash();
            default -> word(c);
        };
        return new Lexeme(kind, text.substring(start, at));
    }

    private Kind single(Kind kind) {
        at++;
        tokenStart = true;
        return kind;
    }

    private Kind blank() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        tokenStart = true;
        return Kind.BLANK;
    }

    private Kind comment() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' && at + 1 < text.length() ? 2 : 1;
        }
        return Kind.COMMENT;
    }

    private Kind backslash() {
        at++;
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
            return Kind.CONTINUATION;
        }
        if (at < text.length() && text.charAt(at) == '\\') {
            at++;
            tokenStart = false;
        }
        // A backslash, or a pair of them, and a blank stay together: without the blank it would
        // reach the end of the line.
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
            tokenStart = true;
        }
        return Kind.WORD;
    }

    private Kind word(char first) {
        if (tokenStart && (first == '"' || first == '\'')) {
            quoted(first);
            return Kind.WORD;
        }
        at++;
        tokenStart = ENDS_WORD.indexOf(first) >= 0;
        while (!tokenStart && at < text.length() && ENDS_WORD.indexOf(text.charAt(at)) < 0 && text.charAt(at) != '\\') {
            at++;
        }
        return Kind.WORD;
    }

    private void quoted(char quote) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            boolean escapes = text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) == quote;
            at += escapes ? 2 : 1;
        }
        at = Math.min(at + 1, text.length());
        tokenStart = true;
    }
}
