package org.relayd.runtime.platform.bsd.abi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was measured by compiling a system's headers: one struct a line, then requests, then constants.
 * Knows nothing of {@link Abi}.
 */
public final class Facts {
    private static final Pattern STRUCT = Pattern.compile(" \\{\"struct\": \"(\\w+)\", \"size\": (\\d+), (.*)");
    private static final Pattern FIELD = Pattern.compile("\\[\"([\\w.]+)\", (\\d+), (\\d+)]");
    private static final Pattern NUMBER = Pattern.compile("\"(\\w+)\": (\\d+)");

    private final Map<String, Integer> sizes = new HashMap<>();
    private final Map<String, Map<String, Struct.Field>> structs = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();

    private Facts(String text) {
        for (String line : text.lines().toList()) {
            Matcher struct = STRUCT.matcher(line);
            if (struct.lookingAt()) {
                sizes.put(struct.group(1), Integer.parseInt(struct.group(2)));
                structs.put(struct.group(1), fields(struct.group(3)));
            } else {
                NUMBER.matcher(line).results()
                        .forEach(number -> numbers.put(number.group(1), Long.parseLong(number.group(2))));
            }
        }
    }

    /** Reads those of a system, {@code openbsd} or {@code freebsd}. */
    public static Facts of(String system) {
        try (InputStream in = Facts.class.getResourceAsStream("../" + system + ".json")) {
            return new Facts(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, Struct.Field> fields(String text) {
        Map<String, Struct.Field> fields = new HashMap<>();
        FIELD.matcher(text).results().forEach(field -> fields.put(field.group(1),
                new Struct.Field(Integer.parseInt(field.group(2)), Integer.parseInt(field.group(3)))));
        return fields;
    }

    boolean knows(String struct) {
        return sizes.containsKey(struct);
    }

    int size(String struct) {
        return sizes.get(struct);
    }

    Struct.Field field(String struct, String field) {
        return structs.get(struct).get(field);
    }

    /** Returns a constant or the number of a request. */
    public long number(String name) {
        return numbers.get(name);
    }

    boolean hasNumber(String name) {
        return numbers.containsKey(name);
    }

    /** Returns a struct of bytes 0, to be filled in by the names of its fields. */
    public Expected expected(String struct) {
        return new Expected(this, struct);
    }
}
