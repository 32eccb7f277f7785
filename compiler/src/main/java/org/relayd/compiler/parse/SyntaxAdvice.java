package org.relayd.compiler.parse;

import static org.relayd.grammar.RelaydParser.*;

import java.util.Optional;
import org.relayd.compiler.source.SimilarNames;
import org.relayd.compiler.source.SourceToken;
import org.relayd.compiler.words.Keyword;
import org.relayd.ir.source.Origin;

/** Guesses what the user wanted to write at a fault. */
final class SyntaxAdvice {
    private final ExpectedTokens expected;
    private final ExpectedTokens near;
    private final SourceToken offending;
    private final Optional<SourceToken> previous;

    /**
     * Creates advice for a fault.
     *
     * @param expected
     *            what could have stood there
     * @param near
     *            what the words in front of it may have been meant to be
     */
    SyntaxAdvice(ExpectedTokens expected, ExpectedTokens near, SourceToken offending, Optional<SourceToken> previous) {
        this.expected = expected;
        this.near = near;
        this.offending = offending;
        this.previous = previous;
    }

    /**
     * What to write.
     *
     * @param culprit
     *            the word in front of the fault that is wrong; empty if it is the word at the fault
     * @param caption
     *            what to say below that word; empty to say what was expected at the fault
     */
    record Advice(String text, Optional<SourceToken> culprit, String caption) {}

    /**
     * Returns advice, where there is any.
     *
     * @param first
     *            first word of the rule that failed
     */
    Optional<Advice> advice(SourceToken first) {
        Optional<Advice> help = here().map(text -> new Advice(text, Optional.empty(), ""));
        return help.isPresent() ? help : earlier(first);
    }

    private Optional<String> here() {
        String text = offending.getText();
        return switch (offending.getType()) {
            case WORD -> word(text);
            case NUMBER -> number(text);
            case QUOTED -> expected.contains(NUMBER) && isNumber(text)
                    ? Optional.of("write the number without quotes: " + text) : Optional.empty();
            case SLASH
                    -> Optional.of(isRepeated() ? "comments begin with #" : "put text that contains a slash in quotes");
            case EQUALS -> equalsSign();
            case COMMA -> Optional.of("commas stand between the elements of a list in braces only");
            case UNKNOWN -> Optional.of(character(offending));
            default -> Keyword.isKeyword(offending.getType()) ? keyword(text) : Optional.empty();
        };
    }

    private Optional<String> word(String text) {
        Optional<String> similar = SimilarNames.nearest(text, expected.keywords())
                .or(() -> SimilarNames.nearest(text, near.words()));
        if (similar.isPresent()) {
            return Optional.of("write " + similar.get());
        }
        if (expected.contains(NUMBER) && !text.isEmpty() && Character.isDigit(text.charAt(0))) {
            return Optional.of("a number has decimal digits only and no unit");
        }
        if (expected.contains(LESS) && !expected.containsString()) {
            return Optional.of("write the name of a table in angle brackets: <" + text + ">");
        }
        if (expected.contains(LBRACE) && expected.contains(DISABLE)) {
            return Optional.of("write the hosts in braces: { " + text + " }");
        }
        return Keyword.isReserved(text) ? Optional.of(foreign(text)) : Optional.empty();
    }

    private Optional<String> number(String text) {
        if (expected.containsString()) {
            return Optional.of("put digits that are a name in quotes: \"" + text + "\"");
        } else if (expected.contains(PORT)) {
            boolean misspelt = previous.flatMap(word -> SimilarNames.nearest(word.getText(), expected.keywords()))
                    .isPresent();
            return misspelt ? Optional.empty() : Optional.of("write port " + text);
        } else if (expected.contains(CODE)) {
            return Optional.of("write code " + text);
        }
        return previous.filter(word -> word.getType() == WORD && near.contains(SLASH))
                .map(word -> "write " + word.getText() + "/" + text);
    }

    private Optional<String> keyword(String text) {
        if (expected.containsString()) {
            return Optional.of(reserved(offending));
        } else if (expected.contains(GREATER) && previous.isPresent()) {
            return Optional.of("write <" + previous.get().getText() + ">");
        }
        return SimilarNames.nearest(text, expected.keywords()).map(similar -> "write " + similar);
    }

    private Optional<String> equalsSign() {
        if (previous.isEmpty()) {
            return Optional.empty();
        }
        SourceToken name = previous.get();
        boolean definition = name.getStartIndex() == 0
                || name.source().lineOf(name.getStartIndex() - 1) < name.getLine();
        return definition && Keyword.isKeyword(name.getType()) ? Optional.of(reserved(name))
                : Optional.of("only definitions of macros have an equals sign");
    }

    private boolean isRepeated() {
        return offending.source().text().startsWith("//", offending.getStartIndex());
    }

    /** Looks for the mistake in front of the fault, where the words in front of it only happened to make sense. */
    private Optional<Advice> earlier(SourceToken first) {
        if (first.getType() == WORD && previous.isPresent() && !first.equals(offending) && expected.contains(EQUALS)) {
            return earlierWord(first, "no statement begins like this");
        }
        if (previous.isEmpty() || previous.get().getType() != WORD) {
            return Optional.empty();
        }
        String text = previous.get().getText();
        int colon = text.indexOf(':');
        if (expected.contains(PORT) && colon > 0 && isNumber(text.substring(colon + 1))) {
            return Optional.of(new Advice("write " + text.substring(0, colon) + " port " + text.substring(colon + 1),
                    previous, "an address has no port behind a colon"));
        }
        return earlierWord(previous.get(), "taken for a name here");
    }

    private Optional<Advice> earlierWord(SourceToken word, String caption) {
        String text = word.getText();
        Optional<String> help = Keyword.isReserved(text) ? Optional.of(foreign(text))
                : SimilarNames.nearest(text, near.words()).map(meant -> "write " + meant + " instead of " + text);
        return help.map(advice -> new Advice(advice, Optional.of(word), caption));
    }

    private static String foreign(String text) {
        Optional<Keyword> keyword = Keyword.spelled(text);
        return keyword.flatMap(Keyword::alone)
                .map(dialect -> "the keyword " + text + " belongs to dialect " + dialect.word()
                        + keyword.flatMap(Keyword::instead).map(words -> ": write " + words)
                                .orElse(", see --dialect"))
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
        } else if (character == ';') {
            return "a statement ends with its line, and comments begin with #";
        }
        return "put text that begins with " + character + " in quotes";
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }
}
