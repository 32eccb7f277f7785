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
    private boolean content;
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
        content = false;
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
        boolean large = searched - 2 * lines > limit;
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
            if (octets.getByte(octets.readerIndex() + searched) == '\n') {
                boolean empty = searched - lineAt <= 1;
                whole |= empty && content;
                content |= !empty;
                lineAt = searched + 1;
                lines++;
            }
        }
        return whole;
    }
}
