package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.relayd.runtime.relay.http.head.HeadWriter;

/**
 * Memory for requests that may have to be sent again, shared by the sessions of one event loop: one that waits for no
 * answer holds none, and the next request gets what the last one gave back.
 */
final class HeadCopies {
    /** Octets of most heads, and of small bodies with theirs; a longer head gets memory of its own. */
    static final int SIZE = 2048;
    /** Pieces of memory that are kept. */
    private static final int MOST = 256;

    private final ArrayDeque<byte[]> free = new ArrayDeque<>();

    /** Returns an array that begins with the head that was written last and the next octets of a buffer. */
    byte[] copy(HeadWriter writer, ByteBuf body, int count) {
        int length = writer.length();
        byte[] copy = length + count > SIZE || free.isEmpty() ? new byte[Math.max(length + count, SIZE)] : free.pop();
        System.arraycopy(writer.octets(), 0, copy, 0, length);
        body.getBytes(body.readerIndex(), copy, length, count);
        return copy;
    }

    /** Takes an array back. */
    void give(byte[] copy) {
        if (copy.length == SIZE && free.size() < MOST) {
            free.push(copy);
        }
    }
}
