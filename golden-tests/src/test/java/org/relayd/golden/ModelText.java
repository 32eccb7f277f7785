package org.relayd.golden;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.relayd.compiler.json.JsonException;
import org.relayd.compiler.json.JsonReader;
import org.relayd.compiler.json.JsonValue;
import org.relayd.compiler.json.JsonValue.JsonArray;
import org.relayd.compiler.json.JsonValue.JsonBoolean;
import org.relayd.compiler.json.JsonValue.JsonNull;
import org.relayd.compiler.json.JsonValue.JsonNumber;
import org.relayd.compiler.json.JsonValue.JsonObject;
import org.relayd.compiler.json.JsonValue.JsonString;

/**
 * The model in a form that people can compare: one line for each object, its objects indented below it, and nothing
 * about what is not set or not so.
 */
final class ModelText {
    private final StringBuilder out = new StringBuilder();

    private ModelText() {}

    static String of(String model) {
        try {
            ModelText text = new ModelText();
            text.object("", "", (JsonObject) JsonReader.read(model));
            return text.out.toString();
        } catch (JsonException fault) {
            throw new IllegalStateException(model, fault);
        }
    }

    private void object(String indent, String name, JsonObject object) {
        String facts = object.map().entrySet().stream().filter(member -> isFact(member.getValue()))
                .map(member -> member.getValue() instanceof JsonBoolean ? member.getKey()
                        : member.getKey() + " " + fact(member.getValue()))
                .collect(Collectors.joining(", "));
        out.append(indent).append(name).append(name.isEmpty() || facts.isEmpty() ? "" : ": ").append(facts)
                .append('\n');
        object.map().forEach(
                (member, value) -> below(indent.isEmpty() && name.isEmpty() ? "" : indent + "  ", member, value));
    }

    private void below(String indent, String name, JsonValue value) {
        switch (value) {
            case JsonObject object -> object(indent, name, object);
            case JsonArray(List<JsonValue> elements)
                    -> elements.stream().filter(element -> element instanceof JsonObject)
                            .forEach(element -> object(indent, name, (JsonObject) element));
            case JsonString _,JsonNumber _,JsonBoolean _,JsonNull _ -> {}
        }
    }

    private static boolean isFact(JsonValue value) {
        return switch (value) {
            case JsonString _,JsonNumber _ -> true;
            case JsonBoolean(boolean so) -> so;
            case JsonArray(List<JsonValue> elements)
                    -> elements.stream().anyMatch(element -> !(element instanceof JsonObject));
            case JsonObject _,JsonNull _ -> false;
        };
    }

    private static String fact(JsonValue value) {
        return switch (value) {
            case JsonString(String text) -> text.matches("[!-~&&[^\",]]+") ? text : quoted(text);
            case JsonArray(List<JsonValue> elements)
                    -> elements.stream().map(ModelText::fact).collect(Collectors.joining(" ", "[", "]"));
            case JsonNumber(String digits) -> digits;
            case JsonBoolean(boolean so) -> String.valueOf(so);
            case JsonNull _ -> "null";
            case JsonObject(Map<String, JsonValue> members) -> members.toString();
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "\\r").replace("\n", "\\n")
                .replace("\t", "\\t") + '"';
    }
}
