package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;
import org.relayd.runtime.relay.wire.KeptLimit;

/**
 * Bytes in memory that a socket did not take, in order. Much of a large buffer stays where it is; little is copied, so
 * that it does not hold a block, and so is what comes in many pieces.
 */
final class Backlog {
    /** Bytes that are copied rather than to hold a buffer; bytes of buffers that are not larger are always copied. */
    private static final int LITTLE = ReceiveBlocks.SMALL;
    private static final int PIECES = 16;

    private final Deque<ByteBuf> pieces = new ArrayDeque<>(2);
    private final KeptLimit limit;
    private int size;

    /**
     * Keeps nothing yet.
     *
     * @param limit
     *            counts what is kept
     */
    Backlog(KeptLimit limit) {
        this.limit = limit;
    }

    /** Returns whether nothing waits. */
    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Takes the next bytes of a buffer. */
    void add(ByteBuf bytes, int count) {
        ByteBuf last = last();
        if (follows(bytes, last)) {
            last.writerIndex(bytes.readerIndex() + count);
            bytes.skipBytes(count);
        } else if (bytes.capacity() > LITTLE && size + count > LITTLE && pieces.size() < PIECES) {
            pieces.addLast(held(bytes, count));
        } else {
            own(count).writeBytes(bytes, count);
        }
        grown(count);
    }

    /** Takes bytes of an array. */
    void add(byte[] bytes, int from, int count) {
        own(count).writeBytes(bytes, from, count);
        grown(count);
    }

    private void grown(int count) {
        size += count;
        limit.add(count);
    }

    private ByteBuf last() {
        return pieces.isEmpty() ? Unpooled.EMPTY_BUFFER : pieces.getLast();
    }

    private static ByteBuf held(ByteBuf bytes, int count) {
        ByteBuf piece = bytes.retainedDuplicate();
        piece.writerIndex(piece.readerIndex() + count);
        bytes.skipBytes(count);
        return piece;
    }

    /** Returns the last piece, if it is a copy to which bytes can be added, or a new one. */
    private ByteBuf own(int count) {
        ByteBuf last = last();
        if (last.unwrap() != null || last.maxWritableBytes() < count) {
            last = Unpooled.directBuffer(count);
            pieces.addLast(last);
        }
        return last;
    }

    /** Returns whether bytes stand in a buffer right after those of it that wait. */
    @SuppressWarnings("ReferenceEquality") // which buffer it is matters, not what is in it
    private static boolean follows(ByteBuf bytes, ByteBuf last) {
        return last.unwrap() == bytes && last.writerIndex() == bytes.readerIndex();
    }

    /** Sends as much as a layer takes now; 0, or its failure. */
    int push(Layer layer) {
        while (!pieces.isEmpty()) {
            ByteBuf first = pieces.getFirst();
            int before = first.readableBytes();
            int answer = layer.push(first, before);
            grown(first.readableBytes() - before);
            if (first.isReadable()) {
                return answer;
            }
            pieces.removeFirst().release();
        }
        return 0;
    }

    /** Returns a copy of all that waits, and lets go of it. */
    ByteBuf take() {
        ByteBuf all = Unpooled.directBuffer(size);
        pieces.forEach(all::writeBytes);
        release();
        return all;
    }

    /** Lets go of everything. */
    void release() {
        pieces.forEach(ByteBuf::release);
        pieces.clear();
        grown(-size);
    }
}
