package org.relayd.ir.control;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes the fields of a message in the order in which {@link WireReader} reads them. Numbers are big endian, texts
 * UTF-8 after their length.
 */
final class WireWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream data = new DataOutputStream(bytes);

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    WireWriter octet(int value) {
        return write(() -> data.writeByte(value));
    }

    WireWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    WireWriter number(int value) {
        return write(() -> data.writeInt(value));
    }

    WireWriter large(long value) {
        return write(() -> data.writeLong(value));
    }

    WireWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return number(utf8.length).write(() -> data.write(utf8));
    }

    <T> WireWriter optional(Optional<T> value, Consumer<T> writeValue) {
        flag(value.isPresent());
        value.ifPresent(writeValue);
        return this;
    }

    <T> WireWriter list(List<T> values, Consumer<T> writeValue) {
        number(values.size());
        values.forEach(writeValue);
        return this;
    }

    /** Writes the place of a constant among all of its enum. */
    <T> WireWriter constant(T value, T[] values) {
        return octet(Arrays.asList(values).indexOf(value));
    }

    private interface Step {
        void run() throws IOException;
    }

    private WireWriter write(Step step) {
        try {
            step.run();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return this;
    }
}
