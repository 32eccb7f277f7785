package org.relayd.runtime.platform.bsd.abi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The bytes that a struct must have on a 64-bit little-endian machine. */
public final class Expected {
    private final Facts facts;
    private final String struct;
    private final ByteBuffer bytes;

    Expected(Facts facts, String struct) {
        this.facts = facts;
        this.struct = struct;
        this.bytes = ByteBuffer.allocate(facts.size(struct)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Struct.Field at(String field) {
        Struct.Field at = facts.field(struct, field);
        if (at == null) {
            throw new AssertionError("the facts know no " + struct + "." + field);
        }
        return at;
    }

    /** A number of the field's own width. */
    public Expected number(String field, long value) {
        Struct.Field at = at(field);
        for (int i = 0; i < at.size(); i++) {
            bytes.put(at.offset() + i, (byte) (value >> (8 * i)));
        }
        return this;
    }

    /** A constant of the system. */
    public Expected constant(String field, String name) {
        return number(field, facts.number(name));
    }

    /** A text with zeros after it. */
    public Expected text(String field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.US_ASCII));
    }

    /** Bytes in hexadecimal, from the start of the field. */
    public Expected hex(String field, String digits) {
        return bytes(field, HexFormat.of().parseHex(digits));
    }

    /** Bytes in hexadecimal, at an offset in a field. */
    public Expected hex(String field, int offset, String digits) {
        bytes.put(at(field).offset() + offset, HexFormat.of().parseHex(digits));
        return this;
    }

    private Expected bytes(String field, byte[] value) {
        bytes.put(at(field).offset(), value);
        return this;
    }

    /** A member that is a struct. */
    public Expected part(String field, Expected part) {
        return bytes(field, part.toBytes());
    }

    /** Returns the bytes. */
    public byte[] toBytes() {
        return bytes.array().clone();
    }
}
