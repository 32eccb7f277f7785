package org.relayd.compiler.words;

import java.util.BitSet;
import java.util.Optional;
import org.relayd.grammar.RelaydLexer;
import org.relayd.ir.term.Dialect;

/**
 * The keywords that a file has. relayd.conf(5), MACROS: reserved words are no names unless quoted. A word that the
 * chosen dialect does not have is an ordinary word in it.
 */
public final class Keywords {
    private final BitSet foreign = new BitSet();

    /**
     * Creates the table of a dialect.
     *
     * @param dialect
     *            the dialect chosen by the user; empty to keep the words of both
     */
    public Keywords(Optional<Dialect> dialect) {
        if (dialect.isPresent()) {
            for (Keyword keyword : Keyword.all()) {
                Optional<Dialect> alone = keyword.alone();
                foreign.set(keyword.type(), alone.isPresent() && alone.get() != dialect.get());
            }
        }
    }

    /** Returns whether a token type is a keyword that the chosen dialect takes as an ordinary word. */
    public boolean isForeign(int type) {
        return foreign.get(type);
    }

    /** Returns the token type of a word without backslashes. */
    public int typeOf(String word) {
        Optional<Keyword> keyword = Keyword.spelled(word);
        if (keyword.isPresent()) {
            return isForeign(keyword.get().type()) ? RelaydLexer.WORD : keyword.get().type();
        }
        return isNumber(word) ? RelaydLexer.NUMBER : RelaydLexer.WORD;
    }

    private static boolean isNumber(String word) {
        for (int at = 0; at < word.length(); at++) {
            if (word.charAt(at) < '0' || word.charAt(at) > '9') {
                return false;
            }
        }
        return !word.isEmpty();
    }
}
