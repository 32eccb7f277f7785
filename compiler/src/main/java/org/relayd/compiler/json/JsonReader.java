package org.relayd.compiler.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.relayd.compiler.json.JsonValue.JsonArray;
import org.relayd.compiler.json.JsonValue.JsonBoolean;
import org.relayd.compiler.json.JsonValue.JsonNull;
import org.relayd.compiler.json.JsonValue.JsonNumber;
import org.relayd.compiler.json.JsonValue.JsonObject;
import org.relayd.compiler.json.JsonValue.JsonString;

/** Reads JSON, strictly as RFC 8259 has it: no comments, no trailing commas. */
public final class JsonReader {
    /** More levels than anybody nests on purpose; keeps the stack bounded. */
    private static final int DEEPEST = 200;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads a text that is one value.
     *
     * @throws JsonException
     *             if it is not
     */
    public static JsonValue read(String text) throws JsonException {
        JsonReader reader = new JsonReader(text);
        JsonValue value = reader.value();
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.fault("text behind the value");
        }
        return value;
    }

    private JsonValue value() throws JsonException {
        skipSpace();
        if (at == text.length()) {
            throw fault("the text ends where a value is expected");
        }
        if (++depth > DEEPEST) {
            throw fault("nested too deep");
        }
        JsonValue value = switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new JsonString(string());
            case 't' -> word("true", new JsonBoolean(true));
            case 'f' -> word("false", new JsonBoolean(false));
            case 'n' -> word("null", new JsonNull());
            default -> number();
        };
        depth--;
        return value;
    }

    private JsonValue object() throws JsonException {
        SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return new JsonObject(members);
        }
        do {
            skipSpace();
            if (peek() != '"') {
                throw fault("a name in quotes is expected");
            }
            String name = string();
            skipSpace();
            expect(':');
            if (members.containsKey(name)) {
                throw fault("the name \"" + name + "\" stands twice");
            }
            members.put(name, value());
            skipSpace();
        } while (hasNext('}'));
        return new JsonObject(members);
    }

    private JsonValue array() throws JsonException {
        List<JsonValue> elements = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return new JsonArray(elements);
        }
        do {
            elements.add(value());
            skipSpace();
        } while (hasNext(']'));
        return new JsonArray(elements);
    }

    private boolean hasNext(char end) throws JsonException {
        char found = peek();
        if (found != ',' && found != end) {
            throw fault("a comma or " + end + " is expected");
        }
        at++;
        return found == ',';
    }

    private String string() throws JsonException {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return value.toString();
            } else if (c == '\\') {
                value.append(escaped());
            } else if (c < ' ') {
                throw fault("a control character or the end of the text in a string");
            } else {
                value.append(c);
            }
        }
    }

    private char escaped() throws JsonException {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw fault("unknown escape \\" + c);
        };
    }

    private char unicode() throws JsonException {
        int value = 0;
        for (int digits = 0; digits < 4; digits++) {
            int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw fault("four hex digits are expected behind \\u");
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }

    private JsonValue number() throws JsonException {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int integer = digits();
        if (integer == 0 || (integer > 1 && text.charAt(at - integer) == '0')) {
            throw fault("a value is expected");
        }
        if (peek() == '.') {
            at++;
            requireDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            requireDigits();
        }
        return new JsonNumber(text.substring(start, at));
    }

    private int digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at - start;
    }

    private void requireDigits() throws JsonException {
        if (digits() == 0) {
            throw fault("a digit is expected");
        }
    }

    private JsonValue word(String word, JsonValue value) throws JsonException {
        if (!text.startsWith(word, at)) {
            throw fault("a value is expected");
        }
        at += word.length();
        return value;
    }

    private void expect(char c) throws JsonException {
        if (peek() != c) {
            throw fault(c + " is expected");
        }
        at++;
    }

    /** Returns the next character, or NUL, which stands nowhere in JSON, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonException fault(String message) {
        int line = 1;
        for (int i = 0; i < Math.min(at, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return new JsonException(line, message);
    }
}
