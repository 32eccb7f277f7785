package org.relayd.compiler.format;

/**
 * A piece of a file's text as layout sees it.
 *
 * @param kind
 *            what it is
 * @param text
 *            its characters, unchanged
 */
record Lexeme(Kind kind, String text) {

    /** What a piece is. */
    enum Kind {
        /** Blanks and tabs. */
        BLANK,
        /** The end of a line. */
        NEWLINE,
        /** A backslash and the end of a line, outside quotes and comments. */
        CONTINUATION,
        /** From a hash mark to the end of its line, continued lines included. */
        COMMENT,
        /** An opening brace. */
        OPEN,
        /** A closing brace. */
        CLOSE,
        /** A comma. */
        COMMA,
        /** Anything else: words, quoted strings, signs. */
        WORD
    }
}
