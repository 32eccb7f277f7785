package org.relayd.runtime.parent.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.relayd.runtime.tls.OctetString;

/**
 * The octets of a frame that is being read. Each method takes a value of its kind from the front and throws an
 * IOException, whose text says why, if there is none.
 */
final class FrameInput {
    private static final int NANOS = 1_000_000_000;

    private final ByteBuffer octets;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

    /**
     * Reads a value.
     *
     * @param <T>
     *            its type
     */
    interface Reader<T> {
        T read(FrameInput in) throws IOException;
    }

    /**
     * Reads octets, which are not copied.
     *
     * @param limit
     *            how many there may be
     */
    FrameInput(byte[] octets, int limit) throws IOException {
        if (octets.length > limit) {
            throw new IOException("a frame of " + octets.length + " octets is longer than " + limit);
        }
        this.octets = ByteBuffer.wrap(octets);
    }

    /** Checks that nothing is left. */
    void end() throws IOException {
        if (octets.hasRemaining()) {
            throw new IOException(octets.remaining() + " octets follow the frame");
        }
    }

    /** Returns what is wrong with the octet just read: a tag that no variant has. */
    IOException unknown(String kind) {
        return new IOException(kind + " " + Byte.toUnsignedInt(octets.get(octets.position() - 1)) + " is unknown");
    }

    int octet() throws IOException {
        need("an octet", 1);
        return Byte.toUnsignedInt(octets.get());
    }

    int number() throws IOException {
        need("a number", Integer.BYTES);
        return octets.getInt();
    }

    long longNumber() throws IOException {
        need("a number", Long.BYTES);
        return octets.getLong();
    }

    /** Reads a number that must be in a range. */
    int number(String what, int least, int most) throws IOException {
        int number = number();
        if (number < least || number > most) {
            throw new IOException(what + " " + number + " is not in the range of " + least + " to " + most);
        }
        return number;
    }

    /** Reads how many there are of something that does not follow. */
    int howMany() throws IOException {
        return number("count", 0, Integer.MAX_VALUE);
    }

    boolean truth() throws IOException {
        return switch (octet()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw unknown("truth");
        };
    }

    byte[] plain(int count) throws IOException {
        need(count + " octets", count);
        byte[] content = new byte[count];
        octets.get(content);
        return content;
    }

    OctetString octets() throws IOException {
        return new OctetString(plain(count("octets", 1)));
    }

    String text() throws IOException {
        int length = count("octets of a text", 1);
        int end = octets.limit();
        try {
            octets.limit(octets.position() + length);
            return length == 0 ? "" : decoder.decode(octets).toString();
        } catch (CharacterCodingException malformed) {
            throw new IOException("a text is not UTF-8", malformed);
        } finally {
            octets.limit(end);
        }
    }

    Duration time() throws IOException {
        int seconds = number("seconds", 0, Integer.MAX_VALUE);
        return Duration.ofSeconds(seconds, number("nanoseconds", 0, NANOS - 1));
    }

    OptionalInt optionalNumber() throws IOException {
        return truth() ? OptionalInt.of(number()) : OptionalInt.empty();
    }

    <T> Optional<T> optional(Reader<T> reader) throws IOException {
        return truth() ? Optional.of(reader.read(this)) : Optional.empty();
    }

    /**
     * Reads values in their order.
     *
     * @param least
     *            octets that each of them has at least
     */
    <T> List<T> list(String what, int least, Reader<T> reader) throws IOException {
        int count = count(what, least);
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(reader.read(this));
        }
        return values;
    }

    /**
     * Reads values of which no two may be equal.
     *
     * @param least
     *            octets that each of them has at least
     * @param most
     *            how many there may be
     */
    <T> Set<T> set(String what, int least, int most, Reader<T> reader) throws IOException {
        int count = count(what, least);
        if (count > most) {
            throw new IOException(count + " " + what + " are more than " + most);
        }
        Set<T> values = new HashSet<>();
        for (int i = 0; i < count; i++) {
            if (!values.add(reader.read(this))) {
                throw new IOException("one of the " + what + " is there twice");
            }
        }
        return values;
    }

    /**
     * Reads a map.
     *
     * @param least
     *            octets that a key and its value have at least
     */
    <K, V> Map<K, V> map(String what, int least, Reader<K> keys, Reader<V> values) throws IOException {
        int count = count(what, least);
        Map<K, V> map = new HashMap<>();
        for (int i = 0; i < count; i++) {
            K key = keys.read(this);
            if (map.containsKey(key)) {
                throw new IOException("one of the " + what + " is there twice");
            }
            map.put(key, values.read(this));
        }
        return map;
    }

    /** Reads how many follow, which cannot be more than there is room for. */
    private int count(String what, int least) throws IOException {
        int count = number();
        if (count < 0 || count > octets.remaining() / least) {
            throw new IOException(Integer.toUnsignedString(count) + " " + what + " cannot be in "
                    + octets.remaining() + " octets");
        }
        return count;
    }

    private void need(String what, int count) throws IOException {
        if (octets.remaining() < count) {
            throw new IOException("the frame ends where " + what + " should be");
        }
    }
}
