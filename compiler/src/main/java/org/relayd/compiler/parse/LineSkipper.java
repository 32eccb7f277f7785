package org.relayd.compiler.parse;

import static org.relayd.grammar.RelaydParser.*;

import org.antlr.v4.runtime.Token;

/** Skips the words of a faulty line. */
final class LineSkipper {
    private final StatementTokens tokens;

    LineSkipper(StatementTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Skips to the newline that ends the line. Braces opened there or before are closed first, however many lines that takes, unless
     * a new section begins.
     *
     * @param depth
     *            braces opened before
     * @param top
     *            whether the line belongs to no section, so that a closing brace too many is skipped like any word
     */
    void skip(int depth, boolean top) {
        int open = depth;
        while (true) {
            switch (tokens.LA(1)) {
                case Token.EOF -> {
                    return;
                }
                case LBRACE -> open++;
                case RBRACE -> {
                    if (open == 0 && !top) {
                        return;
                    }
                    open = Math.max(0, open - 1);
                }
                case NL -> {
                    if (open == 0) {
                        return;
                    }
                    tokens.consume();
                    if (startsSection()) {
                        return;
                    }
                    continue;
                }
                default -> {
                    // Any other word is skipped.
                }
            }
            tokens.consume();
        }
    }

    /** Returns whether the next words begin a section. Inside a section no line begins like this. */
    boolean startsSection() {
        return switch (tokens.LA(1)) {
            case TABLE, REDIRECT, RELAY, ROUTER -> true;
            case PROTOCOL -> tokens.LA(2) != NL && tokens.LA(3) == LBRACE;
            case TCP, HTTP, WORD, QUOTED -> tokens.LA(2) == PROTOCOL;
            default -> false;
        };
    }
}
