package org.relayd.compiler.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.term.Dialect;

/** Newlines, commas and braces: what OpenBSD takes, and what only we take. */
class LayoutTest {
    // ~ is a newline.
    @ParameterizedTest
    @ValueSource(strings = {"table <t> { a b }~", "table <t> { a, b,c }~", "table <t> {~~a~~b~}~",
            "table <t> { a } { b } disable~",
            "relay r { disable disable~}~", "relay r {~ disable disable~ disable~~ disable~}~", "relay r { disable }~",
            "protocol p { }~", "protocol p~~protocol q~", "protocol p { tcp nodelay }~",
            "protocol p {~ tcp { nodelay, sack splice }~}~", "protocol p {~ tcp { nodelay~~sack }~}~", "~~# x~~"})
    void layoutOfOpenBsdIsTaken(String text) {
        assertEquals(List.of(), Reading.messages(Reading.read(text.replace('~', '\n'))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            relay r~{ disable~}                     | 2 | opening brace on a line of its own
            relay r {~ disable~ disable }           | 3 | closing brace on the line of the last option
            protocol p {~~}                         | 3 | empty braces on more than one line
            table <t> { a,~b }                      | 1 | comma and newline together
            table <t> { a~, b }                     | 2 | comma and newline together
            table <t> { a, }                        | 1 | comma in front of the closing brace
            protocol p {~ tcp {~ nodelay }~}        | 2 | newline behind the opening brace
            protocol p {~ tcp { nodelay~ }~}        | 2 | newline in front of the closing brace
            """)
    void freerLayoutIsTakenWithAWarning(String text, int line, String what) {
        ParsedSource parsed = Reading.read(text.replace('~', '\n') + "\n");
        assertEquals(1, parsed.diagnostics().size());
        String message = Reading.messages(parsed).getFirst();
        assertTrue(message.startsWith(line + ": ") && message.endsWith(what), message);
        assertEquals(1, parsed.config().declarations().size());
    }

    @Test
    void lastLineMayLackItsNewline() {
        assertEquals(List.of("1: not portable: OpenBSD 5.1 wants a newline here"),
                Reading.messages(Reading.read("table <t> { a }")));
        assertEquals(List.of(), Reading.messages(Reading.read("table <t> { a }", Dialect.CURRENT)));
    }
}
