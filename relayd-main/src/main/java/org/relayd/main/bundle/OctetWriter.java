package org.relayd.main.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Writes values as {@link OctetReader} reads them: numbers with the highest octet first. */
final class OctetWriter {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(8192);

    byte[] written() {
        return octets.toByteArray();
    }

    void octet(int value) {
        octets.write(value);
    }

    void flag(boolean value) {
        octet(value ? 1 : 0);
    }

    void number(int value) {
        octet(value >>> 24);
        octet(value >>> 16);
        octet(value >>> 8);
        octet(value);
    }

    void wide(long value) {
        number((int) (value >>> 32));
        number((int) value);
    }

    void octets(byte[] value) {
        number(value.length);
        octets.write(value, 0, value.length);
    }

    /** One octet a character if that is enough, else two. */
    void text(String value) {
        boolean narrow = value.chars().allMatch(c -> c <= 0xff);
        flag(narrow);
        octets(narrow ? value.getBytes(StandardCharsets.ISO_8859_1) : twoEach(value));
    }

    /** Not by way of a charset, which would replace halves of pairs. */
    private static byte[] twoEach(String value) {
        ByteBuffer octets = ByteBuffer.allocate(2 * value.length());
        octets.asCharBuffer().put(value);
        return octets.array();
    }

    /** By its place among all of its kind. */
    <E extends Enum<E>> void word(E[] all, E value) {
        octet(Arrays.asList(all).indexOf(value));
    }

    <T> void optional(Optional<T> value, Consumer<T> content) {
        flag(value.isPresent());
        value.ifPresent(content);
    }

    void optional(OptionalInt value) {
        flag(value.isPresent());
        value.ifPresent(this::number);
    }

    <T> void all(Collection<T> values, Consumer<T> content) {
        number(values.size());
        values.forEach(content);
    }
}
