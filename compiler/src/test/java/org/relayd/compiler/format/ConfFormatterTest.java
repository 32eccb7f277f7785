package org.relayd.compiler.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

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
    }

    @Property
    void formattingTwiceChangesNothingMore(@ForAll("files") String file) {
        String once = ConfFormatter.format(file);
        assertEquals(once, ConfFormatter.format(once));
    }

    @Property
    void onlyBlanksAndEmptyLinesChange(@ForAll("files") String file) {
        assertEquals(dense(file), dense(ConfFormatter.format(file)));
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
