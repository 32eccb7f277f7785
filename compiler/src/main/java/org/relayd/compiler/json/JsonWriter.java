package org.relayd.compiler.json;

import java.util.Optional;

/**
 * Writes JSON, RFC 8259, piece by piece. Names, values and the ends of objects and arrays are given in order; commas, quotes and line
 * breaks are put in between.
 */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();
    private final boolean spacious;
    private int depth;
    private boolean first = true;
    private boolean named;

    private JsonWriter(boolean spacious) {
        this.spacious = spacious;
    }

    /** Returns a writer that puts each member on a line of its own, indented by two blanks. */
    public static JsonWriter indented() {
        return new JsonWriter(true);
    }

    /** Returns a writer that puts everything on one line. */
    public static JsonWriter oneLine() {
        return new JsonWriter(false);
    }

    /** Begins an object. */
    public JsonWriter beginObject() {
        return open('{');
    }

    /** Ends an object. */
    public JsonWriter endObject() {
        return close('}');
    }

    /** Begins an array. */
    public JsonWriter beginArray() {
        return open('[');
    }

    /** Ends an array. */
    public JsonWriter endArray() {
        return close(']');
    }

    /** Gives the name of the next value. */
    public JsonWriter name(String name) {
        separate();
        string(name);
        out.append(spacious ? ": " : ":");
        named = true;
        return this;
    }

    /** Writes a member with a string. */
    public JsonWriter member(String name, String value) {
        return name(name).value(value);
    }

    /** Writes a member with a string, or {@code null}. */
    public JsonWriter member(String name, Optional<String> value) {
        return value.isPresent() ? member(name, value.get()) : name(name).nothing();
    }

    /** Writes a member with a number. */
    public JsonWriter member(String name, long value) {
        separateValue(name(name));
        out.append(value);
        return this;
    }

    /** Writes a member with a truth value. */
    public JsonWriter member(String name, boolean value) {
        separateValue(name(name));
        out.append(value);
        return this;
    }

    /** Writes a string. */
    public JsonWriter value(String value) {
        separate();
        string(value);
        return this;
    }

    /** Writes {@code null}. */
    public JsonWriter nothing() {
        separate();
        out.append("null");
        return this;
    }

    /** Returns what was written. */
    @Override
    public String toString() {
        return out.toString();
    }

    private static void separateValue(JsonWriter writer) {
        writer.separate();
    }

    private JsonWriter open(char bracket) {
        separate();
        out.append(bracket);
        depth++;
        first = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        depth--;
        if (!first) {
            breakLine();
        }
        out.append(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (named) {
            named = false;
            return;
        }
        if (!first) {
            out.append(',');
        }
        if (depth > 0) {
            breakLine();
        }
        first = false;
    }

    private void breakLine() {
        if (spacious) {
            out.append('\n').repeat("  ", depth);
        }
    }

    private void string(String text) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
                        out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15))
                                .append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
