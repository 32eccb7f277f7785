package org.relayd.compiler.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.term.Dialect;

/** Which faults are told, on which line, and what is read after them. */
class FaultTest {
    private static final String RELAY = "relay \"r\" {\n\tlisten on 127.0.0.1 port 80\n\tforward to 10.0.0.1 port 80\n}\n";

    // ~ is a newline.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            foo bar                                         | 1: syntax error
            bogus 1~bogus 2                                 | 1: syntax error
            table t { 10.0.0.1 }                            | 1: syntax error
            "relay" "r" { disable }                         | 1: syntax error
            relay 80 {~ disable~ }                          | 1: syntax error
            relay "r"                                       | 1: syntax error
            relay "r"~disable~}                             | 1: syntax error
            relay "r" {~}                                   | 2: syntax error
            relay "r"~{~}                                   | 1: syntax error
            relay "r" {~ disable \\~ bogus~}                | 3: syntax error
            relay "r" {~ listen on a port 1 interface e~ disable~}  | 2: syntax error
            relay "r" {~ interval 5~}                       | 2: syntax error
            relay "r" { disable disable~ disable disable~}  | 2: syntax error
            relay "r" {~ disable                            | 3: syntax error
            redirect "r" {~ forward to 10.0.0.1 port 80~}   | 2: syntax error
            redirect "r" {~ forward to <t>~}                | 2: syntax error
            redirect "r" {~ forward to <t> check ftp "/" code 200~}  | 2: invalid check type: ftp
            redirect "r" {~ forward to <t> check bogus~}    | 2: invalid check type: bogus
            udp protocol "p" {~ tcp nodelay~}               | 1: invalid protocol type: udp
            protocol "p" {~ tls { bogus x, no~ y }~}        | 2: syntax error
            protocol "p" {~ label a label b label c~}       | 2: syntax error
            protocol "p" {~ label a~ label b label c~}      | 3: syntax error
            protocol "p" {~ match label a header append b to c~} | 2: syntax error
            protocol "p" {~ pass~ header "B"~}              | 3: syntax error
            protocol "p" {~ match { header "A" }~}          | 2: syntax error
            table <t> { }                                   | 1: syntax error
            table <t> { , a }                               | 1: syntax error
            table <t> { a,, b }                             | 1: syntax error
            table <t> { a b                                 | 2: syntax error
            router "u" {~ route 10.0.0.0/8 /~}              | 2: syntax error
            p=80                                            | 1: syntax error
            table="x"                                       | 1: syntax error
            a="$b"~relay $a {~}                             | 2: syntax error
            interval 5s                                     | 1: syntax error
            interval 0x10                                   | 1: syntax error
            log state                                       | 1: syntax error
            'm n'="x"                                       | 1: macro name cannot contain whitespace
            """)
    void faultIsToldOnce(String text, String message) {
        assertEquals(List.of(message.strip()), Reading.messages(Reading.read(text.replace('~', '\n') + "\n")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            interval 99999999999999999999   | 1: "99999999999999999999" invalid number: too large
            relay $x {~}                    | 1: macro 'x' not defined
            relay "r {~}                    | 1: reached end of file while parsing quoted string
            """)
    void faultInAWordIsASyntaxErrorToo(String text, String message) {
        assertEquals(List.of(message, "1: syntax error"),
                Reading.messages(Reading.read(text.replace('~', '\n') + "\n")));
    }

    @Test
    void faultsInTwoSectionsAreToldBoth() {
        String two = "relay \"a\" {\n\tbogus\n}\nrelay \"b\" {\n\tbogus2\n}\n";
        assertEquals(List.of("2: syntax error", "5: syntax error"), Reading.messages(Reading.read(two)));
    }

    @Test
    void faultsInTwoLinesOfASectionAreToldBoth() {
        String two = "relay \"a\" {\n bogus\n listen on a port 80\n session timeout x\n forward to b port 80\n}\n"
                + RELAY;
        ParsedSource parsed = Reading.read(two);
        assertEquals(List.of("2: syntax error", "4: syntax error"), Reading.messages(parsed));
        assertEquals(1, parsed.config().declarations().size());
    }

    @Test
    void sectionBehindAFaultyOneIsRead() {
        assertEquals(1, Reading.read("table t {\n a\n b\n}\n" + RELAY).config().declarations().size());
        assertEquals(1, Reading.read("protocol \"p\" {\n tls {\n  bogus 1\n  x\n }\n tcp nodelay\n}\n" + RELAY).config()
                .declarations().size());
    }

    @Test
    void missingClosingBraceCostsOneMessage() {
        String text = "relay \"a\" {\n disable\n" + RELAY + "table <t> { 10.0.0.1 }\n";
        ParsedSource parsed = Reading.read(text);
        assertEquals(List.of("3: syntax error"), Reading.messages(parsed));
        assertEquals(1, parsed.config().declarations().size());
    }

    @Test
    void sectionBehindASectionOnOneLineIsLost() {
        ParsedSource parsed = Reading.read("table <a> { x } table <b> { y }\n");
        assertEquals(List.of("1: syntax error"), Reading.messages(parsed));
        assertEquals(1, parsed.config().declarations().size());
    }

    @Test
    void faultInFrontOfTheFirstSectionIsKnown() {
        assertTrue(Reading.read("bogus 1\n" + RELAY).faultyPreamble());
        assertTrue(Reading.read("relay 80 {\n disable\n}\n" + RELAY).faultyPreamble());
        assertTrue(Reading.read("send trap\n" + RELAY, Dialect.CURRENT).faultyPreamble());
        assertFalse(Reading.read("relay \"r\"\n").faultyPreamble());
        assertFalse(Reading.read(RELAY + "bogus 1\n").faultyPreamble());
    }

    @Test
    void missingIncludeIsToldWithTheReason() {
        assertEquals(List.of("pushfile: x: No such file or directory", "1: failed to include file x"),
                Reading.messages(Reading.read("include \"x\"\n" + RELAY)));
    }

    @Test
    void fileThatIncludesItselfIsFound() {
        Map<String, String> files = Map.of("a", "include \"b\"\n", "b", "\ninclude \"a\"\n");
        ParsedSource parsed = Reading.read("include \"a\"\n", files, Optional.empty());
        assertEquals(List.of("b:2: failed to include file a"), Reading.messages(parsed));
        assertEquals(List.of("the files include each other: a -> b -> a"), parsed.diagnostics().getFirst().notes());
    }

    @Test
    void lineOfAnIncludedFileIsRight() {
        assertEquals(List.of("a:3: syntax error"),
                Reading.messages(Reading.read("include \"a\"\n", Map.of("a", "\n\nbogus x"), Optional.empty())));
        assertEquals(List.of("1: syntax error"),
                Reading.messages(Reading.read("include \"a\" \"x\"\n", Map.of("a", ""), Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5.1     | snmp trap
            current | log updates
            current | log all
            current | protocol p {~ tls session cache 1~}
            """)
    void wordsOfTheReleasesInBetweenAreReadInEither(String dialect, String text) {
        Dialect chosen = dialect.equals("5.1") ? Dialect.V5_1 : Dialect.CURRENT;
        assertEquals(List.of(), Reading.messages(Reading.read(text.replace('~', '\n') + "\n", chosen)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5.1     | socket "x"                                        | 1: syntax error
            5.1     | http protocol p {~ match request header "a"~}     | 2: syntax error
            5.1     | router u {~ route 10.0.0.1~}                      | 2: syntax error
            5.1     | relay r {~ forward to <t> mode hash key~}         | 2: syntax error
            5.1     | backup="1"                                        | 1: syntax error
            5.1     | filter="1"                                        | 1: syntax error
            current | send trap                                         | 1: syntax error
            current | tls="1"                                           | 1: syntax error
            current | http protocol p {~ url filter "x"~}               | 2: syntax error
            current | http protocol p {~ header append "x" to "y"~}     | 2: syntax error
            current | http protocol p {~ label "x"~}                    | 2: syntax error
            current | redirect r {~ tag x~}                             | 2: syntax error
            current | relay r {~ forward to a port 1 interface e~}      | 2: syntax error
            """)
    void statementsOfTheOtherDialectAreFaults(String dialect, String text, String message) {
        Dialect chosen = dialect.equals("5.1") ? Dialect.V5_1 : Dialect.CURRENT;
        assertEquals(List.of(message), Reading.messages(Reading.read(text.replace('~', '\n') + "\n", chosen)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http=\"x\"~a=$http", "tls=value", "table <key> { set pass virtual filter }",
            "relay http {~ listen on state port http~ protocol value~}"})
    void wordsReservedByOneDialectAreNames(String text) {
        assertEquals(List.of(), Reading.messages(Reading.read(text.replace('~', '\n') + "\n")));
    }
}
