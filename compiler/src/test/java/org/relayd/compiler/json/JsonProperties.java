package org.relayd.compiler.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.relayd.compiler.json.JsonValue.JsonArray;
import org.relayd.compiler.json.JsonValue.JsonBoolean;
import org.relayd.compiler.json.JsonValue.JsonNull;
import org.relayd.compiler.json.JsonValue.JsonNumber;
import org.relayd.compiler.json.JsonValue.JsonObject;
import org.relayd.compiler.json.JsonValue.JsonString;
import org.relayd.ir.json.JsonWriter;

/** What is written as JSON is read as the same, and nothing else breaks the reader. */
class JsonProperties {

    @Property(tries = 500, seed = "2026")
    void readingWhatWasWrittenGivesTheSame(@ForAll("values") JsonValue value) throws JsonException {
        for (JsonWriter writer : List.of(JsonWriter.indented(), JsonWriter.oneLine())) {
            write(value, writer);
            assertEquals(value, JsonReader.read(writer.toString()));
        }
    }

    @Property(tries = 2000, seed = "2026")
    void anyTextIsReadOrRefusedWithItsLine(@ForAll("texts") String text) {
        try {
            JsonReader.read(text);
        } catch (JsonException refused) {
            assertTrue(refused.line() >= 1 && refused.line() <= 1 + text.chars().filter(c -> c == '\n').count());
        }
    }

    @Example
    void aNameStandsOnce() {
        JsonException fault = assertThrows(JsonException.class, () -> JsonReader.read("{\n\"a\": 1,\n\"a\": 2}"));
        assertEquals("3: the name \"a\" stands twice", fault.line() + ": " + fault.getMessage());
    }

    @Provide
    Arbitrary<JsonValue> values() {
        return elements(3);
    }

    private static Arbitrary<JsonValue> elements(int depth) {
        Arbitrary<JsonValue> plain = Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(8).map(JsonString::new),
                Arbitraries.just(new JsonNull()));
        if (depth == 0) {
            return plain;
        }
        // The writer has numbers and truth values as members only.
        Arbitrary<JsonValue> members = Arbitraries.oneOf(elements(depth - 1),
                Arbitraries.longs().map(number -> new JsonNumber(Long.toString(number))),
                Arbitraries.of(true, false).map(JsonBoolean::new));
        return Arbitraries.oneOf(plain, elements(depth - 1).list().ofMaxSize(4).map(JsonArray::new),
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), members).ofMaxSize(4)
                        .map(map -> new JsonObject(new LinkedHashMap<>(map))));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries
                .of("{", "}", "[", "]", ",", ":", "\"", "a", "\\", "\\u12", "0", "-", "1.5e3", "true", "nul", " ", "\n",
                        "\"x\"", "\u0001")
                .list().ofMaxSize(15).map(parts -> String.join("", parts));
    }

    private static void write(JsonValue value, JsonWriter json) {
        switch (value) {
            case JsonObject object -> {
                json.beginObject();
                object.map().forEach((name, member) -> write(name, member, json));
                json.endObject();
            }
            case JsonArray(List<JsonValue> elements) -> {
                json.beginArray();
                elements.forEach(element -> write(element, json));
                json.endArray();
            }
            case JsonString(String text) -> json.value(text);
            case JsonNull() -> json.nothing();
            case JsonNumber _,JsonBoolean _ -> throw new IllegalArgumentException("only as a member: " + value);
        }
    }

    private static void write(String name, JsonValue member, JsonWriter json) {
        switch (member) {
            case JsonNumber(String text) -> json.member(name, Long.parseLong(text));
            case JsonBoolean(boolean flag) -> json.member(name, flag);
            case JsonObject _,JsonArray _,JsonString _,JsonNull _ -> write(member, json.name(name));
        }
    }
}
