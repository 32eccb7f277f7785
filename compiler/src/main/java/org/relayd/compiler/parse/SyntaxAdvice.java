package org.relayd.compiler.parse;

import static org.relayd.grammar.RelaydParser.*;

import java.util.Optional;
import org.relayd.compiler.source.Keywords;
import org.relayd.compiler.source.SimilarNames;
import org.relayd.compiler.source.SourceToken;
import org.relayd.ir.source.Origin;

/** Guesses what the user wanted to write at a fault. */
final class SyntaxAdvice {
    private final ExpectedTokens expected;
    private final SourceToken offending;
    private final Optional<SourceToken> previous;

    SyntaxAdvice(ExpectedTokens expected, SourceToken offending, Optional<SourceToken> previous) {
        this.expected = expected;
        this.offending = offending;
        this.previous = previous;
    }

    /**
     * Returns advice, where there is any.
     *
     * @param first
     *            first word of the rule that failed
     */
    Optional<String> help(SourceToken first) {
        String text = offending.getText();
        Optional<String> help = switch (offending.getType()) {
            case WORD -> word(text);
            case NUMBER
                    -> expected.containsString() ? Optional.of("put digits that are a name in quotes: \"" + text + "\"")
                            : Optional.empty();
            case QUOTED -> expected.contains(NUMBER) && isNumber(text)
                    ? Optional.of("write the number without quotes: " + text) : Optional.empty();
            case SLASH -> Optional.of("put text that contains a slash in quotes");
            case EQUALS -> previous.filter(name -> Keywords.isKeyword(name.getType())).map(SyntaxAdvice::reserved);
            case UNKNOWN -> Optional.of(character(offending));
            default -> Keywords.isKeyword(offending.getType()) && expected.containsString()
                    ? Optional.of(reserved(offending)) : Optional.empty();
        };
        return help.isPresent() ? help : earlier(first);
    }

    private Optional<String> word(String text) {
        Optional<String> similar = SimilarNames.nearest(text, expected.keywords());
        if (similar.isPresent()) {
            return Optional.of("write " + similar.get());
        }
        if (expected.contains(NUMBER) && !text.isEmpty() && Character.isDigit(text.charAt(0))) {
            return Optional.of("a number has decimal digits only and no unit");
        }
        if (expected.contains(LESS) && !expected.containsString()) {
            return Optional.of("write the name of a table in angle brackets: <" + text + ">");
        }
        return keyword(text, "");
    }

    /** Looks for the mistake in front of the fault, where the words in front of it only happened to make sense. */
    private Optional<String> earlier(SourceToken first) {
        if (first.getType() == WORD && previous.isPresent() && !first.equals(offending) && expected.contains(EQUALS)) {
            return keyword(first.getText(), " instead of " + first.getText());
        }
        if (previous.isEmpty() || previous.get().getType() != WORD) {
            return Optional.empty();
        }
        String text = previous.get().getText();
        int colon = text.indexOf(':');
        if (expected.contains(PORT) && colon > 0 && isNumber(text.substring(colon + 1))) {
            return Optional.of("write " + text.substring(0, colon) + " port " + text.substring(colon + 1));
        }
        return keyword(text, " instead of " + text);
    }

    /** Returns which keyword of any place a word may be meant to be. */
    private static Optional<String> keyword(String text, String instead) {
        return SimilarNames.nearest(text, Keywords.spellings())
                .map(word -> word.equals(text) ? foreign(text) : "write " + word + instead);
    }

    private static String foreign(String text) {
        return Keywords.onlyIn(text)
                .map(dialect -> "`" + text + "` is a keyword of dialect " + dialect.word() + " only, see --dialect")
                .orElse("write " + text + " without quotes and backslashes");
    }

    private static String reserved(SourceToken word) {
        return "`" + word.getText() + "` is a reserved word: put it in quotes to use it as a name";
    }

    /** Explains a character that begins no word. */
    static String character(SourceToken offending) {
        String text = offending.getText();
        char character = text.charAt(0);
        if (character == '\r') {
            return "lines must end in LF alone; convert the file with tr -d '\\r'";
        } else if (character == '\uFEFF') {
            return "remove the byte order mark in front of the file";
        } else if (character == '$' && offending.source().origin() instanceof Origin.Expanded) {
            return "macros are not replaced inside the value of a macro; define it without quotes: name = $other";
        } else if (character > '~' || character < ' ') {
            return "only ASCII characters may stand outside quotes";
        }
        return "put text that begins with " + character + " in quotes";
    }

    private static boolean isNumber(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!Character.isDigit(text.charAt(at))) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
