package org.relayd.ir.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpanTest {
    private final SourceText file = new SourceText("relayd.conf", "a=\"10.0.0.1\"\ntable <t> { $a }\n",
            new Origin.Main());

    @Test
    void linesAndColumnsCountFromOne() {
        Span reference = new Span(file, 25, 27);
        assertEquals("$a", reference.text());
        assertEquals(2, reference.line());
        assertEquals(13, reference.column());
        assertEquals("table <t> { $a }", file.line(2));
        assertEquals("", file.line(3));
    }

    @Test
    void siteOfExpandedTextIsTheOutermostReference() {
        Span reference = new Span(file, 25, 27);
        SourceText value = new SourceText("relayd.conf", "10.0.0.1",
                new Origin.Expanded("a", reference, Optional.of(new Span(file, 3, 11))));
        Span address = new Span(value, 0, 8);
        assertEquals(reference, address.site());
        assertEquals(new Span(file, 25, 29), address.to(new Span(file, 28, 29)));
    }
}
