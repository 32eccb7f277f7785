package org.relayd.runtime.platform.linux;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Takes received netlink messages apart. */
final class NetlinkReader {
    private static final int TYPE_MASK = 0x3fff;

    private NetlinkReader() {}

    /**
     * Returns attributes by their type; of several of one type the last. What is cut short is left out.
     *
     * @param buffer
     *            stands at the first attribute, and ends after the last
     */
    static Map<Integer, ByteBuffer> attributes(ByteBuffer buffer) {
        Map<Integer, ByteBuffer> attributes = new HashMap<>();
        int at = buffer.position();
        while (at + 4 <= buffer.limit()) {
            int length = buffer.getShort(at) & 0xffff;
            if (length < 4 || at + length > buffer.limit()) {
                break;
            }
            attributes.put(buffer.getShort(at + 2) & TYPE_MASK, part(buffer, at + 4, length - 4));
            at += aligned(length);
        }
        return attributes;
    }

    /** Returns part of a buffer in the same byte order. */
    static ByteBuffer part(ByteBuffer buffer, int from, int length) {
        return buffer.slice(from, length).order(buffer.order());
    }

    /** Returns a length rounded up to 4 bytes. */
    static int aligned(int length) {
        return (length + 3) & ~3;
    }

    /** Returns the bytes of an attribute. */
    static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(value.position(), bytes);
        return bytes;
    }
}
