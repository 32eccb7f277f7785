package org.relayd.compiler.environment;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.json.JsonException;
import org.relayd.compiler.json.JsonReader;
import org.relayd.compiler.json.JsonValue;
import org.relayd.compiler.json.JsonValue.JsonArray;
import org.relayd.compiler.json.JsonValue.JsonBoolean;
import org.relayd.compiler.json.JsonValue.JsonNumber;
import org.relayd.compiler.json.JsonValue.JsonObject;
import org.relayd.compiler.json.JsonValue.JsonString;
import org.relayd.ir.net.IpAddress;

/**
 * Reads environment files: a JSON object with the members {@code hosts} and {@code interfaces} (name to addresses),
 * {@code groups} (group to interfaces), {@code files} (path to text, or {@code true} for a file whose content does not
 * matter), {@code rdomain} (routing domain of the daemon, a number from 0 to 255) and {@code time} (when certificates
 * should be good, in the form of RFC 3339). All are optional. relayd(8): ENVIRONMENT FILE.
 */
public final class EnvironmentFile {
    /** RT_TABLEID_MAX of OpenBSD. */
    private static final int LARGEST_ROUTING_DOMAIN = 255;

    private EnvironmentFile() {}

    /**
     * Reads the text of an environment file.
     *
     * @throws EnvironmentFileException
     *             if it is no JSON or has another form; the message begins with the line where one is known
     */
    public static Description read(String text) throws EnvironmentFileException {
        JsonValue value;
        try {
            value = JsonReader.read(text);
        } catch (JsonException fault) {
            throw new EnvironmentFileException("line " + fault.line() + ": " + fault.getMessage());
        }
        SequencedMap<String, JsonValue> members = object(value, "the file");
        for (String name : members.keySet()) {
            switch (name) {
                case "hosts", "interfaces", "groups", "files", "rdomain", "time" -> {
                    // Read below.
                }
                default -> throw new EnvironmentFileException("unknown member \"" + name + "\"");
            }
        }
        return new Description(addresses(members, "hosts"), addresses(members, "interfaces"), groups(members),
                members.containsKey("files") ? Optional.of(files(members.get("files"))) : Optional.empty(),
                routingDomain(members), time(members));
    }

    private static Optional<Instant> time(Map<String, JsonValue> members) throws EnvironmentFileException {
        if (!members.containsKey("time")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(members.get("time") instanceof JsonString(String text) ? text : ""));
        } catch (DateTimeParseException _) {
            throw new EnvironmentFileException("time: no text such as \"2026-12-01T12:00:00Z\"");
        }
    }

    private static int routingDomain(Map<String, JsonValue> members) throws EnvironmentFileException {
        if (!members.containsKey("rdomain")) {
            return 0;
        }
        String text = members.get("rdomain") instanceof JsonNumber(String digits) ? digits : "";
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > LARGEST_ROUTING_DOMAIN) {
            throw new EnvironmentFileException("rdomain: no number from 0 to " + LARGEST_ROUTING_DOMAIN);
        }
        return Integer.parseInt(text);
    }

    private static SequencedMap<String, List<IpAddress>> addresses(Map<String, JsonValue> members, String member)
            throws EnvironmentFileException {
        SequencedMap<String, List<IpAddress>> all = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> entry : lists(members, member).entrySet()) {
            List<IpAddress> addresses = new ArrayList<>();
            for (String text : entry.getValue()) {
                addresses.add(IpAddress.parse(text).orElseThrow(
                        () -> new EnvironmentFileException(member + ": " + entry.getKey() + ": no address: " + text)));
            }
            all.put(entry.getKey(), List.copyOf(addresses));
        }
        return all;
    }

    private static Map<String, List<String>> groups(Map<String, JsonValue> members) throws EnvironmentFileException {
        return lists(members, "groups");
    }

    private static SequencedMap<String, List<String>> lists(Map<String, JsonValue> members, String member)
            throws EnvironmentFileException {
        SequencedMap<String, List<String>> all = new LinkedHashMap<>();
        if (!members.containsKey(member)) {
            return all;
        }
        for (Map.Entry<String, JsonValue> entry : object(members.get(member), member).entrySet()) {
            List<String> texts = new ArrayList<>();
            if (!(entry.getValue() instanceof JsonArray(List<JsonValue> elements))) {
                throw new EnvironmentFileException(member + ": " + entry.getKey() + ": no array");
            }
            for (JsonValue element : elements) {
                if (!(element instanceof JsonString(String text))) {
                    throw new EnvironmentFileException(member + ": " + entry.getKey() + ": holds no strings");
                }
                texts.add(text);
            }
            all.put(entry.getKey(), List.copyOf(texts));
        }
        return all;
    }

    private static Map<String, Optional<String>> files(JsonValue value) throws EnvironmentFileException {
        Map<String, Optional<String>> files = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> entry : object(value, "files").entrySet()) {
            switch (entry.getValue()) {
                case JsonString(String text) -> files.put(entry.getKey(), Optional.of(text));
                case JsonBoolean(boolean there) -> {
                    if (there) {
                        files.put(entry.getKey(), Optional.empty());
                    }
                }
                case JsonObject _,JsonArray _,JsonNumber _,JsonValue.JsonNull _
                        -> throw new EnvironmentFileException("files: " + entry.getKey() + ": neither text nor true");
            }
        }
        return files;
    }

    private static SequencedMap<String, JsonValue> object(JsonValue value, String what)
            throws EnvironmentFileException {
        if (value instanceof JsonObject(SequencedMap<String, JsonValue> members)) {
            return members;
        }
        throw new EnvironmentFileException(what + " is no object");
    }
}
