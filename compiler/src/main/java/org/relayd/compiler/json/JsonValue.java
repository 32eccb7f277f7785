package org.relayd.compiler.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A JSON value. RFC 8259 section 3. */
public sealed interface JsonValue {

    /**
     * An object.
     *
     * @param members
     *            in the order of the text; of two members with one name the last stays
     */
    record JsonObject(SequencedMap<String, JsonValue> members) implements JsonValue {

        /** Copies the members. */
        public JsonObject {
            members = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }

        /** Returns the members as a map. */
        public Map<String, JsonValue> map() {
            return members;
        }
    }

    /**
     * An array.
     *
     * @param elements
     *            in order
     */
    record JsonArray(List<JsonValue> elements) implements JsonValue {

        /** Copies the elements. */
        public JsonArray {
            elements = List.copyOf(elements);
        }
    }

    /**
     * A string.
     *
     * @param text
     *            its characters, escapes resolved
     */
    record JsonString(String text) implements JsonValue {}

    /**
     * A number.
     *
     * @param text
     *            its characters
     */
    record JsonNumber(String text) implements JsonValue {}

    /**
     * {@code true} or {@code false}.
     *
     * @param value
     *            which of them
     */
    record JsonBoolean(boolean value) implements JsonValue {}

    /** {@code null}. */
    record JsonNull() implements JsonValue {}
}
