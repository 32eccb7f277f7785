package org.relayd.compiler.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.source.MacroExpander;
import org.relayd.compiler.source.MacroTable;
import org.relayd.compiler.source.SourceLoader;
import org.relayd.compiler.source.SourceToken;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;

class ConfFormatterTest {

    @Test
    void indentsByBracesAndSeparatesWordsByOneBlank() {
        assertEquals("""
                # a comment
                www="10.0.0.1"

                table <t> { $www, 10.0.0.2 retry 2 }
                relay "r" {
                \tlisten on 127.0.0.1 port 80 # behind
                \tforward to <t> port 8080 \\
                \t\tcheck tcp
                }
                """, ConfFormatter.format("""


                # a comment\t
                www="10.0.0.1"



                table   <t>{$www,10.0.0.2  retry 2}
                  relay "r"\t{
                listen on   127.0.0.1 port 80\t\t# behind
                        forward to <t> port 8080\\
                 check tcp
                }"""));
    }

    @Test
    void keepsWhatHasMeaning() {
        String text = "por\\\nt 80\na \"two  blanks\n kept\" 'x' foo\"bar  # not\\\ncomment\n";
        assertEquals("por\\\nt 80\na \"two  blanks\n kept\" 'x' foo\"bar # not\\\ncomment\n",
                ConfFormatter.format(text));
    }

    @Test
    void backslashAndBlankAtTheEndOfALineStayApart() {
        assertEquals("a \\ \nb\n# c \\ \nd\n", ConfFormatter.format("a \\ \nb\n# c \\ \nd\n"));
        assertEquals("a \\\\ \nb \\\\ \n", ConfFormatter.format("a \\\\ \nb \\\\ "));
    }

    @Property(seed = "2026")
    void formattingTwiceChangesNothingMore(@ForAll("files") String file) {
        String once = ConfFormatter.format(file);
        assertEquals(once, ConfFormatter.format(once));
    }

    @Property(seed = "2026")
    void onlyBlanksAndEmptyLinesChange(@ForAll("files") String file) {
        assertEquals(dense(file), dense(ConfFormatter.format(file)));
    }

    @Property(tries = 2000, seed = "2026")
    void wordsAndLinesStayTheSame(@ForAll("files") String file) {
        List<Diagnostic> faults = new ArrayList<>();
        List<String> words = words(file, faults);
        // A backslash that stands alone is no word: the parser refuses it, however many the lexer sees.
        Assume.that(faults.isEmpty() && !words.contains("\\"));
        assertEquals(words, words(ConfFormatter.format(file), faults));
    }

    /** Returns the words as the compiler reads them, for each line end an empty one. */
    private static List<String> words(String text, List<Diagnostic> faults) {
        MacroTable macros = new MacroTable();
        macros.defineArgument("m=two words");
        MacroExpander expander = new MacroExpander(new SourceText("f", text, new Origin.Main()),
                new SourceLoader(path -> new byte[0]), macros, Optional.empty(), faults);
        List<String> words = new ArrayList<>(List.of(""));
        for (SourceToken word = expander.next(); word.getType() != Token.EOF; word = expander.next()) {
            // A backslash in front of punctuation means nothing and may be parted from it.
            String read = word.getText().equals("\n") ? "" : word.getText().replaceFirst("^\\\\([{}<>,/=])$", "$1");
            if (!read.isEmpty() || !words.getLast().isEmpty()) {
                words.add(read);
            }
        }
        if (!words.getLast().isEmpty()) {
            words.add("");
        }
        return words;
    }

    private static String dense(String text) {
        return text.lines().map(line -> line.replaceAll("[ \t]", ""))
                .filter(line -> !line.isEmpty() && !line.equals("\\"))
                .collect(Collectors.joining("\n"));
    }

    @Provide
    Arbitrary<String> files() {
        return Arbitraries
                .of(" ", "\t", "\n", "\\\n", "{", "}", ",", "#", "\"", "'", "word", "$m", "80", "\\", "=", "<t>", "/")
                .list()
                .ofMaxSize(30).map(parts -> String.join("", parts));
    }
}
