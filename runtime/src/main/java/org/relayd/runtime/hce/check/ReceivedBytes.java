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
    private int searched;

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

    /** Returns the offset after the first empty line, or -1 if there is none yet; lines end in CR LF or bare LF. */
    int endOfHead() {
        for (; searched < length; searched++) {
            if (bytes[searched] == '\n' && isLineEnd(searched - 1)) {
                return searched + 1;
            }
        }
        return -1;
    }

    /** Returns whether a line ends at an offset, with nothing but a CR after it. */
    private boolean isLineEnd(int at) {
        return at >= 0 && (bytes[at] == '\n' || (at > 0 && bytes[at] == '\r' && bytes[at - 1] == '\n'));
    }

    /** Forgets the first bytes. */
    void drop(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
        searched = 0;
    }
}
