package org.relayd.runtime.platform.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A netlink message under construction: header, fixed part, attributes, everything aligned to 4 bytes and in the
 * machine's byte order. netlink(7), rtnetlink(7).
 */
final class NetlinkMessage {
    /** Length of the header. */
    static final int HEADER = 16;

    private static final int ALIGN = 4;

    private final int type;
    private final int flags;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    NetlinkMessage(int type, int flags) {
        this.type = type;
        this.flags = flags;
    }

    /** Adds bytes of the fixed part. */
    NetlinkMessage bytes(int... values) {
        for (int value : values) {
            body.write(value);
        }
        return this;
    }

    /** Adds a 32-bit number of the fixed part. */
    NetlinkMessage number(int value) {
        body.writeBytes(order(4).putInt(value).array());
        return this;
    }

    /** Adds an attribute. */
    NetlinkMessage attribute(int attribute, byte... value) {
        body.writeBytes(order(4).putShort((short) (4 + value.length)).putShort((short) attribute).array());
        body.writeBytes(value);
        while (body.size() % ALIGN != 0) {
            body.write(0);
        }
        return this;
    }

    /** Adds an attribute with a 32-bit number. */
    NetlinkMessage attribute(int attribute, int value) {
        return attribute(attribute, order(4).putInt(value).array());
    }

    /** Returns the value of an attribute that consists of this message's parts. */
    byte[] value() {
        return body.toByteArray();
    }

    /** Returns the whole message. */
    byte[] toBytes(int sequence) {
        byte[] value = value();
        return order(HEADER + value.length).putInt(HEADER + value.length).putShort((short) type)
                .putShort((short) flags).putInt(sequence).putInt(0).put(value).array();
    }

    private static ByteBuffer order(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }
}
