package org.relayd.ir.control;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the fields of a message. Whatever the bytes are, it yields values or a {@link ControlFormatException}, and
 * never reserves more memory than there are bytes.
 */
final class WireReader {
    private final ByteBuffer bytes;

    WireReader(byte[] body) {
        bytes = ByteBuffer.wrap(body);
    }

    /** Reads one value. */
    interface Reading<T> {
        T read() throws ControlFormatException;
    }

    int octet() throws ControlFormatException {
        return taken(() -> bytes.get() & 0xff);
    }

    boolean flag() throws ControlFormatException {
        return switch (octet()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new ControlFormatException("bad flag");
        };
    }

    int number() throws ControlFormatException {
        return taken(bytes::getInt);
    }

    long large() throws ControlFormatException {
        return taken(bytes::getLong);
    }

    String text() throws ControlFormatException {
        int length = count();
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.slice(bytes.position(), length)).toString();
            bytes.position(bytes.position() + length);
            return text;
        } catch (CharacterCodingException bad) {
            throw new ControlFormatException("text is not UTF-8");
        }
    }

    <T> Optional<T> optional(Reading<T> reading) throws ControlFormatException {
        return flag() ? Optional.of(reading.read()) : Optional.empty();
    }

    <T> List<T> list(Reading<T> reading) throws ControlFormatException {
        int count = count();
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(reading.read());
        }
        return values;
    }

    /** Reads one of the constants of an enum by its place. */
    <T> T constant(T[] values) throws ControlFormatException {
        int place = octet();
        if (place >= values.length) {
            throw new ControlFormatException("bad constant");
        }
        return values[place];
    }

    void end() throws ControlFormatException {
        if (bytes.hasRemaining()) {
            throw new ControlFormatException("message is too long");
        }
    }

    /** Reads a number of bytes or items, each of which takes at least one byte. */
    private int count() throws ControlFormatException {
        int count = number();
        if (count < 0 || count > bytes.remaining()) {
            throw new ControlFormatException("message is cut short");
        }
        return count;
    }

    private static <T> T taken(Reading<T> reading) throws ControlFormatException {
        try {
            return reading.read();
        } catch (BufferUnderflowException tooShort) {
            throw new ControlFormatException("message is cut short");
        }
    }
}
