package org.relayd.runtime.parent.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.relayd.runtime.tls.OctetString;

/** The octets of a frame that is being written. {@link FrameInput} reads each kind by the method of the same name. */
final class FrameOutput {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    /** Returns how much has been written, octets. */
    int count() {
        return octets.size();
    }

    /** Returns what has been written, which must not be more than a limit. */
    byte[] within(int limit) {
        if (octets.size() > limit) {
            throw new IllegalArgumentException("a frame of " + octets.size() + " octets is longer than " + limit);
        }
        return octets.toByteArray();
    }

    /** Writes a tag, or another number of 0 to 255. */
    FrameOutput octet(int value) {
        octets.write(value);
        return this;
    }

    FrameOutput number(int value) {
        return octet(value >> 24).octet(value >> 16).octet(value >> 8).octet(value);
    }

    FrameOutput longNumber(long value) {
        return number((int) (value >> 32)).number((int) value);
    }

    FrameOutput truth(boolean value) {
        return octet(value ? 1 : 0);
    }

    FrameOutput plain(byte[] value) {
        octets.writeBytes(value);
        return this;
    }

    FrameOutput octets(OctetString value) {
        byte[] content = value.toArray();
        return number(content.length).plain(content);
    }

    /** Writes a text; what has no form in UTF-8, half of a surrogate pair, becomes a question mark. */
    FrameOutput text(String value) {
        byte[] content = value.getBytes(StandardCharsets.UTF_8);
        return number(content.length).plain(content);
    }

    /**
     * Writes a time.
     *
     * @param value
     *            0 to 68 years
     */
    FrameOutput time(Duration value) {
        if (value.isNegative() || value.getSeconds() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("time " + value);
        }
        return number((int) value.getSeconds()).number(value.getNano());
    }

    FrameOutput optionalNumber(OptionalInt value) {
        truth(value.isPresent());
        value.ifPresent(this::number);
        return this;
    }

    <T> FrameOutput optional(BiConsumer<FrameOutput, T> writer, Optional<T> value) {
        truth(value.isPresent());
        value.ifPresent(present -> writer.accept(this, present));
        return this;
    }

    <T> FrameOutput one(BiConsumer<FrameOutput, T> writer, T value) {
        writer.accept(this, value);
        return this;
    }

    <T> FrameOutput all(BiConsumer<FrameOutput, T> writer, Collection<T> values) {
        number(values.size());
        values.forEach(value -> writer.accept(this, value));
        return this;
    }

    <K, V> FrameOutput map(BiConsumer<FrameOutput, K> keys, BiConsumer<FrameOutput, V> values, Map<K, V> map) {
        number(map.size());
        map.forEach((key, value) -> one(keys, key).one(values, value));
        return this;
    }
}
