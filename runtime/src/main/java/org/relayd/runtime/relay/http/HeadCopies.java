package org.relayd.runtime.relay.http;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.relayd.runtime.relay.http.head.HeadWriter;

/**
 * Memory for requests that may have to be sent again, shared by the sessions of one event loop: one that waits for no
 * answer holds none, and the next request gets what the last one gave back.
 */
final class HeadCopies {
    /** Octets of most heads; a longer one gets memory of its own. */
    private static final int SIZE = 2048;
    /** Pieces of memory that are kept. */
    private static final int MOST = 256;

    private final ArrayDeque<byte[]> free = new ArrayDeque<>();

    /** Returns an array that begins with the head that was written last. */
    byte[] copy(HeadWriter writer) {
        int length = writer.length();
        if (length > SIZE || free.isEmpty()) {
            return Arrays.copyOf(writer.octets(), Math.max(length, SIZE));
        }
        byte[] copy = free.pop();
        System.arraycopy(writer.octets(), 0, copy, 0, length);
        return copy;
    }

    /** Takes an array back. */
    void give(byte[] copy) {
        if (copy.length == SIZE && free.size() < MOST) {
            free.push(copy);
        }
    }
}
