package org.relayd.compiler.source;

import static org.relayd.grammar.RelaydLexer.*;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.relayd.grammar.RelaydParser;
import org.relayd.ir.term.Dialect;

/**
 * Which dialect reserves which word. relayd.conf(5), MACROS: reserved words are no names unless quoted. A word that the chosen
 * dialect does not have is an ordinary word in it.
 */
public final class Keywords {
    /** Words of the current dialect that 5.1 does not have. */
    private static final BitSet NEW = set(BINARY, BLOCK, CERT, CHANGES, CHECKS, CONNECTION, ECDHE, EDH, ERRORS,
            HEADERLEN,
            HTTP, KEY, KEYPAIR, METHOD, PARAMS, PASS, PASSWORD, PFTAG, QUICK, SET, SNMP, STATE, TAGGED, TICKETS, TLS,
            VALUE,
            WEBSOCKETS);
    /** Words that came to the current dialect lately: names in its earlier releases. */
    private static final BitSet RECENT = set(AGENTX, CLIENT, CONTEXT, PATTERN, PFLOG, PROXY_PROTOCOL, STRIP);
    /** Words of 5.1 that the current dialect does not have. */
    private static final BitSet OLD = set(ALL, CHANGE, FILTER, MARK, MARKED, UPDATES, VIRTUAL);

    /** Words of extensions, which are names for both dialects. relayd.conf(5): EXTENSIONS. */
    private static final BitSet EXTENSION = set(ACCESS, EXTENSIONS, FORMAT);

    private static final int FIRST = ACCESS;
    private static final int LAST = WITH;

    private static final Map<String, Integer> WORDS = words();

    private final BitSet foreign = new BitSet();

    /**
     * Creates the table of a dialect.
     *
     * @param dialect
     *            the dialect chosen by the user; empty to keep the words of both
     */
    public Keywords(Optional<Dialect> dialect) {
        if (dialect.isPresent()) {
            switch (dialect.get()) {
                case V5_1 -> {
                    foreign.or(NEW);
                    foreign.or(RECENT);
                }
                case CURRENT -> foreign.or(OLD);
            }
        }
    }

    private static BitSet set(int... types) {
        BitSet set = new BitSet();
        for (int type : types) {
            set.set(type);
        }
        return set;
    }

    /** Returns the dialect that reserves a word which the other one takes as a name. */
    public static Optional<Dialect> onlyReservedBy(int type) {
        if (type > LAST) {
            return Optional.empty();
        }
        return NEW.get(type) ? Optional.of(Dialect.CURRENT)
                : OLD.get(type) ? Optional.of(Dialect.V5_1) : Optional.empty();
    }

    /** Returns whether a word is a keyword of any dialect, and so no name unless quoted. */
    public static boolean isReserved(String word) {
        return WORDS.containsKey(word) && !EXTENSION.get(WORDS.get(word));
    }

    /** Returns whether a token type is a keyword of any dialect or an extension. */
    public static boolean isKeyword(int type) {
        return type >= FIRST && type <= LAST;
    }

    /** Returns whether a token type is a keyword that at least one release takes as a name. */
    public static boolean isName(int type) {
        return NEW.get(type) || OLD.get(type) || RECENT.get(type) || EXTENSION.get(type);
    }

    /** Returns the dialect that alone has a keyword. */
    public static Optional<Dialect> onlyIn(String word) {
        int type = typeOf(word);
        return NEW.get(type) || RECENT.get(type) ? Optional.of(Dialect.CURRENT)
                : OLD.get(type) ? Optional.of(Dialect.V5_1) : Optional.empty();
    }

    /** Returns how a keyword is written. */
    public static String spelling(int type) {
        // The lexer has the same vocabulary, but to ask it would build its automaton, which most files need not.
        String literal = RelaydParser.VOCABULARY.getLiteralName(type);
        return literal.substring(1, literal.length() - 1);
    }

    /** Returns whether a token type is a keyword that the chosen dialect takes as an ordinary word. */
    public boolean isForeign(int type) {
        return foreign.get(type);
    }

    private static Map<String, Integer> words() {
        Map<String, Integer> words = new HashMap<>();
        for (int type = FIRST; type <= LAST; type++) {
            words.put(spelling(type), type);
        }
        return Map.copyOf(words);
    }

    /** Returns the token type of a word without backslashes. */
    static int typeOf(String word) {
        Integer keyword = WORDS.get(word);
        return keyword != null ? keyword : isNumber(word) ? NUMBER : WORD;
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
