package org.relayd.compiler.parse;

import static org.relayd.grammar.RelaydParser.*;

import org.antlr.v4.runtime.Token;
import org.relayd.compiler.words.Keyword;
import org.relayd.ir.term.ProtocolType;
import org.relayd.ir.term.Word;

/** Skips the words of a faulty line. */
final class LineSkipper {
    private final StatementTokens tokens;

    LineSkipper(StatementTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Skips to the newline that ends the line. Braces opened there or before are closed first, however many lines that
     * takes, unless a new section begins.
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
        int type = tokens.LA(1);
        return switch (type) {
            case TABLE, REDIRECT, RELAY, ROUTER -> true;
            case PROTOCOL -> tokens.LA(2) != NL && tokens.LA(3) == LBRACE;
            default -> tokens.LA(2) == PROTOCOL && isProtocolType(type);
        };
    }

    // A wrong type is refused by name, so any word will do; of the keywords those that are types.
    private static boolean isProtocolType(int type) {
        return type == WORD || type == QUOTED || Keyword.of(type)
                .flatMap(keyword -> Word.of(ProtocolType.values(), keyword.spelling())).isPresent();
    }
}
