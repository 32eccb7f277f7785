package org.relayd.compiler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.antlr.v4.runtime.Token;
import org.relayd.grammar.RelaydLexer;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;

/** Words found without the generated lexer are those that it finds. */
class PlainWordsProperties {

    @Property(tries = 5000, seed = "2026")
    void wordsAreThoseOfTheLexer(@ForAll("texts") String text) {
        SourceText source = new SourceText("f", text, new Origin.Main());
        IncludeStack files = new IncludeStack();
        files.push(source);
        ReplayStream characters = new ReplayStream(source);
        RelaydLexer lexer = new RelaydLexer(characters);
        lexer.removeErrorListeners();
        lexer.setTokenFactory(new Tokens(characters));
        assertEquals(words(() -> (SourceToken) lexer.nextToken()), words(() -> files.innermost().next()));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> characters = Arbitraries.strings().withChars("ab1 \t\n#\"'$\\-:_.,{}<>/=(!\u00e9\0\r")
                .ofMaxLength(30);
        Arbitrary<String> pieces = Arbitraries
                .of("word", "80", "1.2.3.4", "$name", "\"two words\"", "'x'", "\\\n", " ", "\n", "\\", "# comment",
                        "#\\\nmore\n",
                        "{", "}", "<t>", "a/b", "-1", "x=", "\"un", "ssl", "::1", "a\\ b", "\\\"", "\u00fc")
                .list().ofMaxSize(20).map(list -> String.join("", list));
        return Arbitraries.oneOf(characters, pieces);
    }

    /** Returns type, place and value of all words. */
    private static List<String> words(Supplier<SourceToken> source) {
        List<String> words = new ArrayList<>();
        SourceToken word;
        do {
            word = source.get();
            words.add(RelaydLexer.VOCABULARY.getSymbolicName(word.getType()) + " " + word.getStartIndex() + "-"
                    + word.getStopIndex() + " " + word.getText());
        } while (word.getType() != Token.EOF);
        return words;
    }
}
