package org.relayd.runtime.relay.http.head;

import io.netty.buffer.ByteBuf;

/**
 * The wait for the rest of a head that did not come at once: tells when it is worth reading it again. Each octet is
 * looked at once, and the octets read in vain are few: up to {@link #FREE} for heads that fail early, and otherwise
 * less than twice those that came. One wait serves one head after the other. Not thread safe.
 */
public final class HeadWait {
    /** Octets that may be read again at the end of each line, so that what is no head is refused early. */
    static final int FREE = 64 * 1024;

    private int searched;
    private int lineAt;
    private int lines;
    /** Octets of the end of the first line, which is that of all lines. */
    private int lineEnd;
    /** Whether the last octet may be half of a line end. */
    private boolean halfEnd;
    private int read;
    private long work;

    /**
     * A head has been read in vain.
     *
     * @param octets
     *            begin with the head
     */
    public void begin(ByteBuf octets) {
        searched = 0;
        lineAt = 0;
        lines = 0;
        lineEnd = 0;
        halfEnd = false;
        work = 0;
        search(octets);
        note(octets);
    }

    /**
     * Returns whether the head is to be read again, because it may be whole, too large, or wrong
     * in a line that has ended.
     *
     * @param octets
     *            those of before with more after them
     * @param limit
     *            octets allowed in all lines together, line ends not counted
     */
    public boolean isOver(ByteBuf octets, int limit) {
        int before = lines;
        boolean whole = search(octets);
        int text = searched - lineEnd * lines - (halfEnd ? 1 : 0);
        boolean large = text > limit;
        boolean line = lines > before && work < FREE;
        boolean due = whole || large || line || searched >= 2 * read;
        if (due) {
            note(octets);
        }
        return due;
    }

    private void note(ByteBuf octets) {
        read = octets.readableBytes();
        work += read;
    }

    /** Looks at the octets that are new; true if there is an empty line among them that ends a head. */
    private boolean search(ByteBuf octets) {
        boolean whole = false;
        int end = octets.readableBytes();
        for (; searched < end; searched++) {
            byte octet = octets.getByte(octets.readerIndex() + searched);
            if (octet == '\n') {
                whole |= searched - lineAt <= 1;
                if (lines == 0) {
                    lineEnd = halfEnd ? 2 : 1;
                }
                lineAt = searched + 1;
                lines++;
            }
            halfEnd = octet == '\r';
        }
        return whole;
    }
}
