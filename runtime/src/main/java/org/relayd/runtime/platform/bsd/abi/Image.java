package org.relayd.runtime.platform.bsd.abi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a struct, to be handed to the kernel, which may write into them. Numbers are in the machine's byte order
 * unless a method says otherwise; what is not set is 0.
 */
public final class Image {
    private final Struct struct;
    private final ByteBuffer bytes;
    private Optional<Target> target = Optional.empty();

    Image(Struct struct) {
        this.struct = struct;
        this.bytes = ByteBuffer.allocate(struct.size()).order(ByteOrder.nativeOrder());
    }

    /** What the struct's pointer points to. The kernel may write into it. */
    public static final class Target {
        private final int offset;
        private final byte[] bytes;

        private Target(int offset, byte[] bytes) {
            this.offset = offset;
            this.bytes = bytes;
        }

        /** Returns where the pointer is in the struct; it has 8 bytes. */
        public int offset() {
            return offset;
        }

        /** Returns the bytes themselves. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /** Returns the name of the struct. */
    public String name() {
        return struct.name();
    }

    /**
     * Returns the bytes themselves. The pointer in them is 0: whoever makes the call gives {@link #target} an address.
     */
    public byte[] bytes() {
        return bytes.array();
    }

    /** Returns what the struct points to, if it does. */
    public Optional<Target> target() {
        return target;
    }

    /** Sets a number, which the field's 1, 2, 4 or 8 bytes must hold. */
    public Image number(String field, long value) {
        Struct.Field at = struct.field(field);
        put(at.offset(), at.size(), value);
        return this;
    }

    /** Sets one element of an array of numbers of 1, 2 or 4 bytes. */
    public Image element(String field, int index, int width, long value) {
        Struct.Field at = struct.field(field);
        if ((index + 1) * width > at.size()) {
            throw new IllegalArgumentException(struct.name() + "." + field + " has no element " + index);
        }
        put(at.offset() + index * width, width, value);
        return this;
    }

    /** Sets a port, 16 bits in network order. */
    public Image port(String field, int index, int port) {
        int value = bytes.order() == ByteOrder.BIG_ENDIAN ? port
                : Short.toUnsignedInt(Short.reverseBytes((short) port));
        return element(field, index, Short.BYTES, value);
    }

    private void put(int offset, int size, long value) {
        switch (size) {
            case Byte.BYTES -> bytes.put(offset, (byte) value);
            case Short.BYTES -> bytes.putShort(offset, (short) value);
            case Integer.BYTES -> bytes.putInt(offset, (int) value);
            case Long.BYTES -> bytes.putLong(offset, value);
            default -> throw new IllegalArgumentException("a number of " + size + " bytes");
        }
    }

    /**
     * Sets a text and the byte 0 that ends it.
     *
     * @throws IllegalArgumentException
     *             if it does not fit; the compiler lets no such name pass
     */
    public Image text(String field, String text) {
        Struct.Field at = struct.field(field);
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        if (value.length >= at.size()) {
            throw new IllegalArgumentException(
                    struct.name() + "." + field + " has room for " + (at.size() - 1) + " bytes, not for " + text);
        }
        bytes.put(at.offset(), value);
        return this;
    }

    /** Sets bytes from the start of a field, such as an address in network order. */
    public Image bytes(String field, byte[] value) {
        Struct.Field at = struct.field(field);
        if (value.length > at.size()) {
            throw new IllegalArgumentException(
                    struct.name() + "." + field + " has no room for " + value.length + " bytes");
        }
        bytes.put(at.offset(), value);
        return this;
    }

    /** Sets a member that is a struct. */
    public Image part(String field, Image part) {
        return bytes(field, part.bytes());
    }

    /** Lets a pointer point to an array of structs of one kind, which may be empty. */
    public Image array(String field, List<Image> elements) {
        ByteBuffer all = ByteBuffer.allocate(elements.stream().mapToInt(element -> element.bytes().length).sum());
        elements.forEach(element -> all.put(element.bytes()));
        target = Optional.of(new Target(struct.field(field).offset(), all.array()));
        return this;
    }

    /** Copies the struct at an index of an array that this one points to. */
    public Image elementOf(Image array, int index) {
        byte[] all = array.target.orElseThrow().bytes();
        bytes.put(0, all, index * struct.size(), struct.size());
        return this;
    }

    /** Returns a number of 1, 2, 4 or 8 bytes; those of 1 and 2 have no sign. */
    public long number(String field) {
        Struct.Field at = struct.field(field);
        return switch (at.size()) {
            case Byte.BYTES -> Byte.toUnsignedLong(bytes.get(at.offset()));
            case Short.BYTES -> Short.toUnsignedLong(bytes.getShort(at.offset()));
            case Integer.BYTES -> bytes.getInt(at.offset());
            case Long.BYTES -> bytes.getLong(at.offset());
            default -> throw new IllegalArgumentException("a number of " + at.size() + " bytes");
        };
    }

    /** Returns a port, which is in network order. */
    public int port(String field) {
        int value = Short.toUnsignedInt(bytes.getShort(struct.field(field).offset()));
        return bytes.order() == ByteOrder.BIG_ENDIAN ? value : Short.toUnsignedInt(Short.reverseBytes((short) value));
    }

    /** Returns the first bytes of a field. */
    public byte[] bytes(String field, int length) {
        byte[] value = new byte[length];
        bytes.get(struct.field(field).offset(), value);
        return value;
    }

    /** Returns a text, which ends with the byte 0 or with the field. */
    public String text(String field) {
        Struct.Field at = struct.field(field);
        String text = new String(bytes(field, at.size()), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
