package org.relayd.compiler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.antlr.v4.runtime.Token;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;

/** Macros against the simplest thing that could be right: replacing text with text. */
class MacroExpansionProperties {
    private static final Map<String,
            String> MACROS = Map.of("a", "10.0.0", "b", "x y", "c", "", "d", "{ 1, 2 }", "e", "80",
                    "f", "table", "g", " lead trail ", "h", "'q r'", "i", "$a", "j", "w # comment");

    @Property(tries = 3000, seed = "2026")
    void expandingIsReplacing(@ForAll("pieces") List<String> pieces) {
        String text = String.join("", pieces);
        assertEquals(new Reference(text).words(), words(text));
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries
                .of("$a", "$b", "$c", "$d", "$e", "$f", "$g", "$h", "$i", "$j", "word", "1.2", "80", " ", "\t", "\n",
                        ",", "{", "}", "/", ".5", "\"$a\"", "'$b $a'", "# $a\n", "=", "<", ">", "-", "\\\n")
                .list().ofMaxSize(30);
    }

    private static List<String> words(String text) {
        MacroTable macros = new MacroTable();
        MACROS.forEach((name, value) -> macros.defineArgument(name + "=" + value));
        MacroExpander expander = new MacroExpander(new SourceText("f", text, new Origin.Main()),
                new SourceLoader(path -> new byte[0]), macros, Optional.empty(),
                new ArrayList<>());
        List<String> words = new ArrayList<>();
        for (SourceToken word = expander.next(); word.getType() != Token.EOF; word = expander.next()) {
            words.add(word.getText());
        }
        return words;
    }

    /** Finds words and replaces macros in one growing text, one character at a time. */
    private static final class Reference {
        private final StringBuilder text;
        private final List<String> words = new ArrayList<>();
        private int at;
        /** Up to here the text came out of a macro. */
        private int replacedUntil;

        Reference(String text) {
            this.text = new StringBuilder(text);
        }

        List<String> words() {
            while (at < text.length()) {
                char character = text.charAt(at);
                if (isJoin(at)) {
                    at += 2;
                } else if (character == ' ' || character == '\t') {
                    at++;
                } else if (character == '#') {
                    skipLine(at);
                } else if (character == '"' || character == '\'') {
                    quoted(character);
                } else if (character == '$') {
                    macro();
                } else if (isWordStart(character)) {
                    word();
                } else {
                    other(character);
                }
            }
            return words;
        }

        private void quoted(char quote) {
            int end = text.indexOf(String.valueOf(quote), at + 1);
            if (end < 0) {
                words.add(text.substring(at));
                at = text.length();
            } else {
                words.add(text.substring(at + 1, end).replace("\\\n", "").replace("\n", ""));
                at = end + 1;
            }
        }

        private void macro() {
            int end = at + 1;
            while (end < text.length() && (isNameCharacter(text.charAt(end)) || isJoin(end))) {
                end += isJoin(end) ? 2 : 1;
            }
            String reference = text.substring(at, end);
            String value = MACROS.get(reference.substring(1).replace("\\\n", ""));
            if (at < replacedUntil) {
                words.add(reference);
                at = end;
            } else if (value == null) {
                words.add(reference);
                skipLine(end);
            } else {
                text.replace(at, end, value);
                replacedUntil = at + value.length();
            }
        }

        private void word() {
            int end = at;
            while (end < text.length() && (isWordCharacter(text.charAt(end)) || isJoin(end))) {
                end += isJoin(end) ? 2 : 1;
            }
            words.add(text.substring(at, end).replace("\\\n", ""));
            at = end;
        }

        private void other(char character) {
            int end = at + 1;
            while (character == '-' && end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
            words.add(text.substring(at, end));
            at = end;
        }

        private void skipLine(int from) {
            at = Math.max(from, replacedUntil);
            while (at < text.length() && text.charAt(at) != '\n') {
                at += isJoin(at) ? 2 : 1;
            }
        }

        private boolean isJoin(int index) {
            return text.indexOf("\\\n", index) == index;
        }

        private static boolean isWordStart(char character) {
            return isNameCharacter(character) || character == ':';
        }

        private static boolean isWordCharacter(char character) {
            return isWordStart(character) || ".\"'$-%&*+;?@[]^~|`".indexOf(character) >= 0;
        }

        private static boolean isNameCharacter(char character) {
            return Character.isLetterOrDigit(character) || character == '_';
        }
    }
}
