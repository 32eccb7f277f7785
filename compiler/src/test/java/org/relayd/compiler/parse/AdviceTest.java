package org.relayd.compiler.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.compiler.build.Reading;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.Label;
import org.relayd.ir.diagnostic.SyntaxCode;
import org.relayd.ir.term.Dialect;

/** What people read beside "syntax error": the place, what was expected there, and what was probably meant. */
class AdviceTest {
    // ~ is a newline; place is line:column.
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-",
            textBlock = """
                    relays "www" {~}                              | 1:1  | no statement begins like this   | write relay instead of relays
                    relay www {~ lisen on a port 80~}             | 2:2  | no setting of a relay           | write listen
                    relay www {~ listen a port 80~}               | 2:9  | expected `on`                   | -
                    relay www {~ listen on a prot 80~}            | 2:14 | expected `port`                 | write port
                    relay www {~ listen on 10.0.0.1:80~}          | 2:12 | an address has no port behind a colon | write 10.0.0.1 port 80
                    relay www {~ forward with tsl to <t> port 1~} | 2:15 | expected `tls`                  | write tls
                    relay 80 {~}                                  | 1:7  | expected a name                 | put digits that are a name in quotes: "80"
                    relay table {~}                               | 1:7  | expected a name                 | `table` is a reserved word: put it in quotes to use it as a name
                    relay "x"~listen on a port 80~}               | 1:10 | expected `{`                    | -
                    table webhosts { a }                          | 1:7  | expected `<`                    | write the name of a table in angle brackets: <webhosts>
                    table <t> { 10.0.0.0/24 }                     | 1:21 | expected `}`                    | put text that contains a slash in quotes
                    table <t> { *.example.com }                   | 1:13 | expected a string or `include`  | put text that begins with * in quotes
                    table <t> { \u00e9 }                          | 1:13 | expected a string or `include`  | only ASCII characters may stand outside quotes
                    table <t> { a } { b } c                       | 1:23 | expected the end of the line    | -
                    interval 10s                                  | 1:10 | expected a number               | a number has decimal digits only and no unit
                    interval "10"                                 | 1:10 | expected a number               | write the number without quotes: 10
                    timeout="10"                                  | 1:8  | expected a number               | `timeout` is a reserved word: put it in quotes to use it as a name
                    p=80                                          | 1:3  | expected a value                | put digits that are a name in quotes: "80"
                    router u {~ forward to <t>~}                  | 2:16 | expected a table option such as `port` or `check` | -
                    redirect r {~ forward to <t> chek tcp~}       | 2:17 | expected a table option such as `port` or `check` | write check
                    redirect r {~ listen on a port~}              | 2:18 | expected a port number or service name | -
                    redirect r {~ interface em0~}                 | 2:2  | no setting of a redirection     | -
                    protocol p {~ tcp { nodelay, bogus }~}        | 2:17 | expected a TCP setting          | -
                    protocol p {~ match request header apend "X" value "Y"~} | 2:23 | taken for a name here        | write append instead of apend
                    protocol p {~ match request header "X" valeu "Y"~} | 2:27 | expected the end of the line | write value
                    protocol p {~ match requst header "X"~}       | 2:8  | expected the end of the line    | write request
                    protocol p {~ pass quick request~}            | 2:13 | expected the end of the line    | a rule begins in this order: direction, quick, inet or inet6, from, to; options stand behind
                    protocol p {~ tcp fast~}                      | 2:6  | expected a TCP setting          | -
                    relay r {~ forward to <t> port 80 chek tcp~}  | 2:25 | expected the end of the line    | write check
                    relay r {~ forward to t port 80 check tcp~}   | 2:23 | expected the end of the line    | only tables have this option; write the name of a table in angle brackets: <t>
                    relay r {~ forward to <t> port 80, check tcp~} | 2:24 | expected the end of the line   | commas stand between the elements of a list in braces only
                    relay r {~ listen on a 80~}                   | 2:14 | expected `port`                 | write port 80
                    redirect r {~ listen on a prot 80~}           | 2:14 | taken for a name here           | write port instead of prot
                    router u {~ route 10.0.0.0 8~}                | 2:17 | expected the end of the line    | write 10.0.0.0/8
                    table <t> = { a }                             | 1:11 | expected `disable` or `{`       | only definitions of macros have an equals sign
                    table <t> a                                   | 1:11 | expected `disable` or `{`       | write the hosts in braces: { a }
                    // a comment                                  | 1:1  | no statement begins like this   | comments begin with #
                    log state change                              | 1:11 | expected `changes`              | write changes
                    log sessions                                  | 1:5  | expected `all`, `connection`, `host`, `state` or `updates` | -
                    include                                       | 1:8  | expected a file name            | -
                    log bogus                                     | 1:5  | expected `all`, `connection`, `host`, `state` or `updates` | -
                    """)
    void faultIsExplained(String text, String place, String caption, String help) {
        Diagnostic fault = only(text.replace('~', '\n') + "\n");
        assertEquals(place, fault.primary().orElseThrow().line() + ":" + fault.primary().orElseThrow().column());
        assertEquals(caption, fault.caption());
        assertEquals(help, fault.help().orElse(null));
    }

    @Test
    void unclosedSectionIsShown() {
        Diagnostic fault = only("relay a {\n disable\nrelay b {\n disable\n}\n");
        assertEquals("a section begins inside another one", fault.caption());
        assertEquals(List.of("1 not closed"), places(fault));
        assertEquals(List.of("1 not closed"), places(only("protocol p {\n tcp nodelay\n")));
    }

    @Test
    void unclosedListIsShown() {
        assertEquals(List.of("1 not closed"), places(only("table <t> { a\n b\nrelay r {\n disable\n}\n")));
    }

    @Test
    void stringOverSeveralLinesIsShown() {
        Diagnostic fault = Reading.read("relay \"a {\n listen on b\n forward to \"c\"\n}\n").diagnostics().getFirst();
        assertEquals(List.of("1 this string goes over several lines"), places(fault));
    }

    @Test
    void lineEndsOfAnotherSystemAreToldOnce() {
        Diagnostic fault = only("interval 5\r\ntimeout 5\r\n");
        assertEquals("lines must end in LF alone; convert the file with tr -d '\\r'", fault.help().orElseThrow());
    }

    @Test
    void byteOrderMarkIsNamed() {
        assertEquals("remove the byte order mark in front of the file",
                only("\uFEFFinterval 5\n").help().orElseThrow());
    }

    @Test
    void referenceInsideAValueIsExplained() {
        List<Diagnostic> told = Reading.read("a=\"x\"\nb=\"$a\"\ntable <t> { $b }\n").diagnostics();
        assertEquals(List.of(AdviceCode.MACRO_IN_QUOTES, SyntaxCode.SYNTAX_ERROR),
                told.stream().map(Diagnostic::code).toList());
        String help = told.getLast().help().orElseThrow();
        assertTrue(help.startsWith("macros are not replaced inside the value of a macro"), help);
    }

    @Test
    void wordOfTheOtherDialectIsNamed() {
        Diagnostic fault = Reading.read("http protocol p {\nblock\n}\n", Dialect.V5_1).diagnostics().getFirst();
        assertEquals("the keyword block belongs to dialect current: write an action with filter or expect",
                fault.help().orElseThrow());
        Diagnostic foreign = Reading.read("send trap\n", Dialect.CURRENT).diagnostics().getFirst();
        assertEquals(SyntaxCode.FOREIGN_STATEMENT, foreign.code());
    }

    @Test
    void whatWasToldByTheLexerIsNotExplainedAgain() {
        List<Diagnostic> faults = Reading.read("interval $x\n").diagnostics();
        assertEquals(SyntaxCode.AFTER_FAULT, faults.get(1).code());
        assertEquals("", faults.get(1).caption());
    }

    private static Diagnostic only(String text) {
        List<Diagnostic> faults = Reading.read(text).diagnostics();
        assertEquals(1, faults.size(), faults::toString);
        return faults.getFirst();
    }

    private static List<String> places(Diagnostic fault) {
        return fault.labels().stream().map((Label label) -> label.span().line() + " " + label.text()).toList();
    }
}
