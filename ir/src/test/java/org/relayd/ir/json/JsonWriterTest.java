package org.relayd.ir.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    private static final String ODD = "\"\\\n\r\t\0\u001f\u007f /\u00e9\u20ac\ud83d\ude00";

    @Test
    void whatIsInvisibleIsEscaped() {
        assertEquals("\"\\\"\\\\\\n\\r\\t\\u0000\\u001f\\u007f /\u00e9\u20ac\\ud83d\\ude00\"",
                JsonWriter.oneLine().value(ODD).toString());
    }

    @Test
    void rowsEscapeWhatTheyMust() {
        assertEquals("\"\\\"\\\\\\u000a\\u000d\\u0009\\u0000\\u001f\u007f /\u00e9\u20ac\ud83d\ude00\"",
                JsonWriter.row().value(ODD).toString());
    }

    @Test
    void whatIsNotSetIsNull() {
        assertEquals("{\"a\":null,\"b\":null,\"c\":[],\"d\":-1,\"e\":true}",
                JsonWriter.oneLine().beginObject().member("a", Optional.empty()).member("b", OptionalInt.empty())
                        .member("c", List.of()).member("d", -1).member("e", true).endObject().toString());
    }

    @Test
    void indentedTextHasAMemberOnEachLine() {
        assertEquals("{\n  \"a\": [\n    \"b\",\n    \"c\"\n  ],\n  \"d\": {}\n}",
                JsonWriter.indented().beginObject().member("a", List.of("b", "c")).name("d").beginObject().endObject()
                        .endObject().toString());
    }
}
