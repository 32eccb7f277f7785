package org.relayd.compiler.source;

import static org.relayd.grammar.RelaydLexer.*;

import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.Token;

/**
 * Finds words without a backslash in them, which nearly all words are, as the generated lexer would find them: in a
 * fraction of the time, and without building the lexer's automaton, which a short run would spend a tenth of its time
 * on. Whatever else there is, the lexer must find. A property holds the two equal.
 */
final class PlainWords {
    /** ASCII characters that a word may go on with; all but some of its punctuation. */
    private static final boolean[] INNER = set("0123456789:_\"'$%&*+-.;?@[]^~|`");

    private final ReplayStream characters;
    private int start;
    private int behind;

    PlainWords(ReplayStream characters) {
        this.characters = characters;
    }

    private static boolean[] set(String punctuation) {
        boolean[] set = new boolean[128];
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            set[letter] = true;
            set[letter + ('a' - 'A')] = true;
        }
        for (int at = 0; at < punctuation.length(); at++) {
            set[punctuation.charAt(at)] = true;
        }
        return set;
    }

    /**
     * Skips blanks and comments, and goes past the next word if it is a plain one.
     *
     * @return the type of the word, or {@link Token#INVALID_TYPE} for one that the lexer must find
     */
    int find() {
        start = skipBlanks(characters.index());
        behind = start + 1;
        int type = type();
        characters.seek(type == Token.INVALID_TYPE ? start : behind);
        return type;
    }

    /** Returns the word just found. */
    SourceToken token(int type) {
        return type == Token.EOF ? characters.endToken(type) : characters.token(type, start, behind - 1);
    }

    private int skipBlanks(int from) {
        int at = from;
        while (true) {
            switch (characters.at(at)) {
                case ' ', '\t' -> at++;
                case '#' -> at = skipComment(at + 1);
                case '\\' -> {
                    if (characters.at(at + 1) != '\n') {
                        return at;
                    }
                    at += 2;
                }
                default -> {
                    return at;
                }
            }
        }
    }

    // A backslash joins the next line to a comment too.
    private int skipComment(int from) {
        int at = from;
        while (true) {
            switch (characters.at(at)) {
                case '\n', IntStream.EOF -> {
                    return at;
                }
                case '\\' -> at += characters.at(at + 1) == IntStream.EOF ? 1 : 2;
                default -> at++;
            }
        }
    }

    private int type() {
        int first = characters.at(start);
        return switch (first) {
            case '\n' -> NL;
            case '"', '\'' -> quoted(first);
            case '$' -> macro();
            case IntStream.EOF -> {
                behind = start;
                yield Token.EOF;
            }
            default -> isWordStart(first) ? word() : punctuation(first);
        };
    }

    /** Returns the type of a character that is a word by itself; {@link Token#INVALID_TYPE} for any other one. */
    static int punctuation(int character) {
        return switch (character) {
            case '{' -> LBRACE;
            case '}' -> RBRACE;
            case '<' -> LESS;
            case '>' -> GREATER;
            case ',' -> COMMA;
            case '/' -> SLASH;
            case '=' -> EQUALS;
            default -> Token.INVALID_TYPE;
        };
    }

    private int quoted(int quote) {
        int character = characters.at(behind);
        while (character != quote) {
            if (character == '\\' || character == IntStream.EOF) {
                return Token.INVALID_TYPE;
            }
            character = characters.at(++behind);
        }
        behind++;
        return QUOTED;
    }

    private int macro() {
        int character = characters.at(behind);
        while (isWordStart(character) && character != ':') {
            character = characters.at(++behind);
        }
        return character == '\\' ? Token.INVALID_TYPE : MACRO;
    }

    private int word() {
        boolean number = isDigit(characters.at(start));
        int character = characters.at(behind);
        while (character >= 0 && character < INNER.length && INNER[character]) {
            number &= isDigit(character);
            character = characters.at(++behind);
        }
        return character == '\\' ? Token.INVALID_TYPE : number ? NUMBER : WORD;
    }

    private static boolean isWordStart(int character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || isDigit(character)
                || character == ':' || character == '_';
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
