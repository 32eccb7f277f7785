package org.relayd.runtime.platform.bsd.abi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The kernel interface of one system: structs, requests and constants by their names in its headers. */
public final class Abi {
    private final Map<String, Struct> structs = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();

    private Abi() {}

    /** Returns that of OpenBSD. */
    public static Abi ofOpenBsd() {
        return read("openbsd.abi");
    }

    /** Returns that of FreeBSD. */
    public static Abi ofFreeBsd() {
        return read("freebsd.abi");
    }

    private static Abi read(String resource) {
        Abi abi = new Abi();
        try (InputStream in = Abi.class.getResourceAsStream(resource)) {
            abi.take(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("resource " + resource, unreadable);
        }
        return abi;
    }

    private void take(String text) {
        String struct = "";
        int size = 0;
        Map<String, Struct.Field> fields = new HashMap<>();
        for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
            String[] words = line.strip().split(" ", -1);
            if (line.startsWith(" ")) {
                fields.put(words[0], new Struct.Field(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
                structs.put(struct, new Struct(struct, size, fields));
            } else if (words[1].equals("=")) {
                numbers.put(words[0], Long.decode(words[2]));
            } else {
                struct = words[0];
                size = Integer.parseInt(words[1]);
                fields.clear();
            }
        }
    }

    /** Returns the size of a struct, in bytes. */
    public int size(String struct) {
        return struct(struct).size();
    }

    /** Returns a struct with all bytes 0. */
    public Image image(String struct) {
        return new Image(struct(struct));
    }

    /** Returns a constant. */
    public int constant(String name) {
        return (int) number(name);
    }

    /** Returns a request. */
    public Ioctl ioctl(String name) {
        return new Ioctl(name, number(name));
    }

    private Struct struct(String name) {
        Struct struct = structs.get(name);
        if (struct == null) {
            throw new IllegalArgumentException("no struct " + name);
        }
        return struct;
    }

    private long number(String name) {
        Long number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("no constant " + name);
        }
        return number;
    }
}
