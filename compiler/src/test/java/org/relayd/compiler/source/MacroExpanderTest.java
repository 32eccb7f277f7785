package org.relayd.compiler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.grammar.RelaydLexer;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;
import org.relayd.ir.term.Dialect;

class MacroExpanderTest {
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final MacroTable macros = new MacroTable();

    // In the tables: ~ is a newline, ` a double quote, ^ a tab. Words are printed as KIND:text, keywords and
    // punctuation bare.
    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '§', textBlock = """
            table <t> { 10.0.0.1 }              # table < W:t > { W:10.0.0.1 }
            por\\~t 80                          # port N:80
            por\\ t                             # W:por W:t
            po\\rt 80                           # port N:80
            a\\~                                # W:a
            \\{ \\}                             # { }
            80                                  # N:80
            -5 -5;                              # N:-5 U:-5 U:;
            80}                                 # N:80 }
            80> 80,80/                          # W:80 > N:80 , N:80 /
            80:90 10s 1.5 0x1F 8080;            # W:80:90 W:10s W:1.5 W:0x1F W:8080;
            8\\~0                               # N:80
            foo`bar a$b a|b`c                   # W:foo`bar W:a$b W:a|b`c
            `a b` 'c`d' ``                      # Q:a b Q:c`d Q:
            `a\\nb` 'a\\`b' `a\\`b`             # Q:a\\nb Q:a\\`b Q:a`b
            `a~b\\~c`                           # Q:abc
            `table`                             # Q:table
            tables Table                        # W:tables W:Table
            /x *.foo                            # / W:x U:* U:. W:foo
            fe80::1%em0 tlsv1.2                 # W:fe80::1%em0 W:tlsv1.2
            """)
    void wordsAreFound(String input, String expected) {
        assertEquals(expected.replace('`', '"'), words(input.replace('`', '"').replace('~', '\n').replace('^', '\t')));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a # b\\~c~d                         | W:a NL W:d
            # a \\~ b \\~~c                     | NL W:c
            a#b~                                | W:a NL
            a \\# b~                            | W:a NL
            """)
    void commentsGoOnBehindABackslash(String input, String expected) {
        assertEquals(expected, words(input.replace('~', '\n')));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            net=10.0.0           | $net.1 $net.2     | W:10.0.0.1 W:10.0.0.2
            net=10.0.0           | x$net             | W:x$net
            p=8080               | port $p           | port N:8080
            p=80                 | $p;               | W:80;
            o={ a retry 2, b }   | table <t> $o      | table < W:t > { W:a retry N:2 , W:b }
            f=a # c              | { $f } b          | { W:a
            s=tab                | $sle              | R:$sle
            b=$a                 | $b                | U:$a
            q="b c"              | $q                | Q:b c
            q="b                 | $q c" d           | Q:b c W:d
            e=                   | a $e b            | W:a W:b
            e=                   | $e                | ''
            a=x                  | "$a"              | Q:$a
            a=x                  | $a$a              | W:x$a
            a=x                  | $a,$a             | W:x , W:x
            """)
    void macrosAreReadAgainInPlace(String definition, String input, String expected) {
        macros.defineArgument(definition);
        assertEquals(expected, words(input));
    }

    @Test
    void lastEqualsSignSplitsAnArgument() {
        assertTrue(macros.defineArgument("x=y=z"));
        assertFalse(macros.defineArgument("x"));
        assertEquals("x=y", macros.definitions().getFirst().name());
    }

    @Test
    void firstArgumentOfANameStays() {
        macros.defineArgument("x=1");
        macros.defineArgument("x=2");
        assertEquals("N:1", words("$x"));
    }

    @Test
    void restOfLineIsSkippedBehindAnUndefinedMacro() {
        assertEquals("W:a R:$b NL W:d", words("a $b c $e\nd"));
        assertEquals("macro 'b' not defined", diagnostics.getFirst().message());
        assertEquals(1, diagnostics.size());
    }

    @Test
    void similarMacroIsSuggested() {
        macros.defineArgument("addr=1");
        words("$adr");
        assertTrue(diagnostics.getFirst().help().orElseThrow().contains("$addr"));
    }

    @Test
    void textFromMacroKnowsWhereItCameFrom() {
        macros.defineArgument("net=10.0.0 x");
        SourceText main = new SourceText("f", "\n  $net.1", new Origin.Main());
        MacroExpander expander = expander(main, Optional.empty());
        expander.next();
        SourceToken whole = expander.next();
        SourceToken glued = expander.next();
        assertTrue(whole.span().source().origin() instanceof Origin.Expanded);
        assertEquals("10.0.0", whole.span().text());
        assertEquals(2, whole.span().site().line());
        assertEquals(3, whole.span().site().column());
        assertEquals("x.1", glued.getText());
        assertEquals("$net.1", glued.span().text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            99999999999999999999    | "99999999999999999999" invalid number: too large
            -9223372036854775809    | "-9223372036854775809" invalid number: too small
            "abc                    | reached end of file while parsing quoted string
            $                       | macro '' not defined
            """)
    void faultsInWordsAreTold(String input, String message) {
        words(input);
        assertEquals(message, diagnostics.getFirst().message());
    }

    @Test
    void numbersOf64BitsFit() {
        assertEquals("N:9223372036854775807 N:-9223372036854775808",
                words("9223372036854775807 -9223372036854775808"));
    }

    @Test
    void longStringsAreRefused() {
        String most = "a".repeat(8095);
        assertEquals("W:" + most + " Q:" + most, words(most + " \"" + most + "\""));
        words("\"b" + most + "\" x\n" + most + "b");
        assertEquals(List.of("string too long", "string too long"),
                diagnostics.stream().map(Diagnostic::message).toList());
    }

    @Test
    void newWordsAreNamesInTheOldDialect() {
        assertEquals("W:tls W:value table ssl W:proxy-protocol",
                words("tls value table ssl proxy-protocol", Dialect.V5_1));
        assertEquals("tls value table ssl W:filter W:virtual",
                words("tls value table ssl filter virtual", Dialect.CURRENT));
    }

    @Test
    void onlyTheOldDialectKeepsABackslashInFrontOfABlank() {
        assertEquals("Q:a\\ b", words("\"a\\ b\"", Dialect.V5_1));
        assertEquals("Q:a b", words("\"a\\ b\"", Dialect.CURRENT));
    }

    @Test
    void oneCarriageReturnIsAFault() {
        assertEquals("W:a U:\r NL W:b NL", words("a\r\nb\r\n"));
    }

    private String words(String input) {
        return words(expander(new SourceText("f", input, new Origin.Main()), Optional.empty()));
    }

    private String words(String input, Dialect dialect) {
        return words(expander(new SourceText("f", input, new Origin.Main()), Optional.of(dialect)));
    }

    private MacroExpander expander(SourceText main, Optional<Dialect> dialect) {
        return new MacroExpander(main, new SourceLoader(path -> {
            throw new NoSuchFileException(path);
        }), macros, dialect, diagnostics);
    }

    private static String words(MacroExpander expander) {
        List<String> words = new ArrayList<>();
        for (SourceToken word = expander.next(); word.getType() != Token.EOF; word = expander.next()) {
            words.add(switch (word.getType()) {
                case RelaydLexer.WORD -> "W:" + word.getText();
                case RelaydLexer.NUMBER -> "N:" + word.getText();
                case RelaydLexer.QUOTED -> "Q:" + word.getText();
                case RelaydLexer.UNKNOWN -> "U:" + word.getText();
                case RelaydLexer.REFUSED -> "R:" + word.getText();
                case RelaydLexer.NL -> "NL";
                default -> RelaydLexer.VOCABULARY.getLiteralName(word.getType()).replace("'", "");
            });
        }
        return String.join(" ", words);
    }

    @Test
    void bytesThatAreNotUtf8AreKeptWithAWarning() throws Exception {
        SourceLoader loader = new SourceLoader(path -> new byte[]{'a', (byte) 0xe9});
        SourceText latin = loader.load("x", new Origin.Main());
        assertEquals("a\u00e9", latin.text());
        new MacroExpander(latin, loader, macros, Optional.empty(), diagnostics);
        assertEquals("file is not UTF-8, read as ISO 8859-1", diagnostics.getFirst().message());
    }

    @Test
    void replacementCharacterIsUtf8() throws Exception {
        SourceLoader loader = new SourceLoader(path -> "\u00e9\uFFFD".getBytes(StandardCharsets.UTF_8));
        assertEquals("\u00e9\uFFFD", loader.load("x", new Origin.Main()).text());
    }
}
