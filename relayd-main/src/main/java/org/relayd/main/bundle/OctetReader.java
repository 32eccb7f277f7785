package org.relayd.main.bundle;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what {@link OctetWriter} writes, and refuses everything else. */
final class OctetReader {
    private final ByteBuffer octets;

    /** Reads one value. */
    interface Content<T> {

        /**
         * Reads it.
         *
         * @throws IOException
         *             if there is none
         */
        T read() throws IOException;
    }

    OctetReader(byte[] octets) {
        this.octets = ByteBuffer.wrap(octets);
    }

    /** Returns what to throw for octets that mean nothing. */
    static IOException damaged(String what) {
        return new IOException("the bundle is damaged: " + what);
    }

    void end() throws IOException {
        if (octets.hasRemaining()) {
            throw damaged(octets.remaining() + " octets follow");
        }
    }

    int octet() throws IOException {
        if (!octets.hasRemaining()) {
            throw cutOff();
        }
        return octets.get() & 0xff;
    }

    private static IOException cutOff() {
        return damaged("it is cut off");
    }

    boolean flag() throws IOException {
        return switch (octet()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw damaged("neither yes nor no");
        };
    }

    int number() throws IOException {
        try {
            return octets.getInt();
        } catch (BufferUnderflowException end) {
            throw cutOff();
        }
    }

    long wide() throws IOException {
        try {
            return octets.getLong();
        } catch (BufferUnderflowException end) {
            throw cutOff();
        }
    }

    byte[] octets() throws IOException {
        byte[] value = new byte[count()];
        octets.get(value);
        return value;
    }

    /** Returns a number of things that follow, each of an octet at least. */
    private int count() throws IOException {
        int count = number();
        if (count < 0 || count > octets.remaining()) {
            throw cutOff();
        }
        return count;
    }

    String text() throws IOException {
        boolean narrow = flag();
        byte[] value = octets();
        if (narrow) {
            return new String(value, StandardCharsets.ISO_8859_1);
        }
        if (value.length % 2 != 0) {
            throw damaged("half a character");
        }
        return ByteBuffer.wrap(value).asCharBuffer().toString();
    }

    <E extends Enum<E>> E word(E[] all) throws IOException {
        int place = octet();
        if (place >= all.length) {
            throw damaged("an unknown word");
        }
        return all[place];
    }

    <T> Optional<T> optional(Content<T> content) throws IOException {
        return flag() ? Optional.of(content.read()) : Optional.empty();
    }

    OptionalInt optionalNumber() throws IOException {
        return flag() ? OptionalInt.of(number()) : OptionalInt.empty();
    }

    <T> List<T> all(Content<T> content) throws IOException {
        List<T> all = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            all.add(content.read());
        }
        return List.copyOf(all);
    }
}
