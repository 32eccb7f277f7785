package org.relayd.ctl;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A JSON object under construction, on one line. RFC 8259. */
final class Json {
    private final StringBuilder members = new StringBuilder();

    Json text(String name, String value) {
        return member(name, quoted(value));
    }

    Json text(String name, Optional<String> value) {
        return member(name, value.map(Json::quoted).orElse("null"));
    }

    Json texts(String name, List<String> values) {
        return member(name, "[" + String.join(",", values.stream().map(Json::quoted).toList()) + "]");
    }

    Json number(String name, long value) {
        return member(name, Long.toString(value));
    }

    Json number(String name, Optional<Integer> value) {
        return member(name, value.map(String::valueOf).orElse("null"));
    }

    Json object(String name, Optional<Json> value) {
        return member(name, value.map(Json::toString).orElse("null"));
    }

    private Json member(String name, String value) {
        members.append(members.isEmpty() ? "" : ",").append(quoted(name)).append(':').append(value);
        return this;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Returns the text of the object. */
    @Override
    public String toString() {
        return "{" + members + "}";
    }
}
