package org.relayd.compiler.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Names with numbers in the form of services(5) and protocols(5): name, number, aliases, a comment after a hash. */
public final class NameDatabase {
    private final Map<String, Integer> numbers = new HashMap<>();

    private NameDatabase() {}

    /**
     * Reads a database.
     *
     * @param text
     *            the file; numbers may have a suffix such as {@code /tcp}, which becomes part of the name:
     *            {@code http/tcp}
     */
    public static NameDatabase read(String text) {
        NameDatabase database = new NameDatabase();
        text.lines().forEach(database::line);
        return database;
    }

    /** Returns the services that are known without a services(5). */
    public static NameDatabase services() {
        return resource("services");
    }

    /** Returns the IP protocols that are known without a protocols(5). */
    public static NameDatabase protocols() {
        return resource("protocols");
    }

    /** Returns the number of a name or alias; the first of several. */
    public OptionalInt number(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Returns all names and aliases, without the suffixes of their numbers. */
    public Set<String> names() {
        return numbers.keySet().stream().map(name -> name.replaceFirst("/.*", "")).collect(Collectors.toSet());
    }

    private void line(String line) {
        int comment = line.indexOf('#');
        String[] words = (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+", -1);
        if (words.length < 2) {
            return;
        }
        int slash = words[1].indexOf('/');
        String suffix = slash < 0 ? "" : words[1].substring(slash);
        String digits = slash < 0 ? words[1] : words[1].substring(0, slash);
        if (!digits.matches("[0-9]{1,5}")) {
            return;
        }
        int number = Integer.parseInt(digits);
        numbers.putIfAbsent(words[0] + suffix, number);
        for (int alias = 2; alias < words.length; alias++) {
            numbers.putIfAbsent(words[alias] + suffix, number);
        }
    }

    private static NameDatabase resource(String name) {
        try (InputStream in = NameDatabase.class.getResourceAsStream(name)) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("resource " + name, unreadable);
        }
    }
}
