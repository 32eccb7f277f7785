package org.relayd.ir.json;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes JSON, RFC 8259, piece by piece. Names, values and the ends of objects and arrays are given in order; commas,
 * quotes and line breaks are put in between.
 */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();
    private final boolean spacious;
    private final Escapes escapes;
    private int depth;
    private boolean first = true;
    private boolean named;

    /** Which characters are not written as they are, beside quote and backslash. Readers get the same text. */
    private enum Escapes {
        /** Controls, as numbers: all that RFC 8259 demands. */
        CONTROLS,
        /** Also DEL and surrogates, which editors and terminals may not show; tabs and line ends have their letters. */
        INVISIBLE
    }

    private JsonWriter(boolean spacious, Escapes escapes) {
        this.spacious = spacious;
        this.escapes = escapes;
    }

    /** Returns a writer that puts each member on a line of its own, indented by two blanks. */
    public static JsonWriter indented() {
        return new JsonWriter(true, Escapes.INVISIBLE);
    }

    /** Returns a writer that puts everything on one line. */
    public static JsonWriter oneLine() {
        return new JsonWriter(false, Escapes.INVISIBLE);
    }

    /** Returns a writer for one line in the way of relayctl(8), which escapes no more than it must. */
    public static JsonWriter row() {
        return new JsonWriter(false, Escapes.CONTROLS);
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

    /** Writes a member with an array of strings. */
    public JsonWriter member(String name, List<String> values) {
        name(name).beginArray();
        values.forEach(this::value);
        return endArray();
    }

    /** Writes a member with a number. */
    public JsonWriter member(String name, long value) {
        name(name).separate();
        out.append(value);
        return this;
    }

    /** Writes a member with a number, or {@code null}. */
    public JsonWriter member(String name, OptionalInt value) {
        return value.isPresent() ? member(name, value.getAsInt()) : name(name).nothing();
    }

    /** Writes a member with a truth value. */
    public JsonWriter member(String name, boolean value) {
        name(name).separate();
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
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (isPlain(c)) {
                out.append(c);
            } else {
                escape(c);
            }
        }
        out.append('"');
    }

    private boolean isPlain(char c) {
        return c >= ' ' && switch (escapes) {
            case CONTROLS -> true;
            case INVISIBLE -> c != 0x7f && !Character.isSurrogate(c);
        };
    }

    private void escape(char c) {
        int letter = switch (escapes) {
            case CONTROLS -> -1;
            case INVISIBLE -> "\n\r\t".indexOf(c);
        };
        if (letter >= 0) {
            out.append('\\').append("nrt".charAt(letter));
        } else {
            out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15))
                    .append(HEX.charAt(c >> 4 & 15))
                    .append(HEX.charAt(c & 15));
        }
    }
}
