package org.relayd.runtime.hce.check;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** What a host has sent so far, up to a limit. */
final class ReceivedBytes {
    /** Most bytes that are kept; no check needs to see more to be sure. */
    static final int MOST = 65536;

    private byte[] bytes = new byte[512];
    private int length;
    // Where the search for the empty line goes on, so that a host that sends byte by byte causes no more work.
    private int searched = 3;

    /** Takes bytes in, at most up to the limit; the rest is skipped. */
    void add(ByteBuf more) {
        int taken = Math.min(more.readableBytes(), MOST - length);
        if (length + taken > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + taken, Math.min(2 * bytes.length, MOST)));
        }
        more.readBytes(bytes, length, taken);
        more.skipBytes(more.readableBytes());
        length += taken;
    }

    /** Returns the array whose first {@link #length} bytes were received; valid until the next change. */
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isFull() {
        return length == MOST;
    }

    /** Returns the offset after the first empty line, or -1 if there is none yet. */
    int endOfHead() {
        while (searched < length) {
            int i = searched;
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
            searched++;
        }
        return -1;
    }
}
