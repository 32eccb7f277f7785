package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes in memory that a socket did not take, in order. Much of a block stays where it was received; little is copied, so that it does not hold a block, and so is what comes in many pieces or from
 * elsewhere.
 */
final class Backlog {
    /** Bytes that are copied rather than to hold a block. */
    private static final int LITTLE = ReceiveBlocks.SMALL;
    private static final int PIECES = 16;

    private final LinuxTransport transport;
    private final Deque<ByteBuf> pieces = new ArrayDeque<>(2);
    private int size;

    Backlog(LinuxTransport transport) {
        this.transport = transport;
    }

    /** True if nothing waits. */
    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Takes the readable bytes of a buffer. */
    void add(ByteBuf bytes) {
        int count = bytes.readableBytes();
        ByteBuf last = pieces.isEmpty() ? Unpooled.EMPTY_BUFFER : pieces.getLast();
        if (follows(bytes, last)) {
            last.writerIndex(bytes.writerIndex());
            bytes.skipBytes(count);
        } else if (transport.memory().blocks.mayHold(bytes) && size + count > LITTLE && pieces.size() < PIECES) {
            pieces.addLast(bytes.retainedDuplicate());
            bytes.skipBytes(count);
        } else if (last.unwrap() == null && last.maxWritableBytes() >= count) {
            last.writeBytes(bytes);
        } else {
            pieces.addLast(Unpooled.directBuffer(count).writeBytes(bytes));
        }
        size += count;
    }

    /** Whether bytes stand in a block right behind those that wait. */
    @SuppressWarnings("ReferenceEquality") // which buffer it is matters, not what is in it
    private static boolean follows(ByteBuf bytes, ByteBuf last) {
        return last.unwrap() == bytes && last.writerIndex() == bytes.readerIndex();
    }

    /** Sends as much as the socket takes now; 0, or a negated errno. */
    int push(int number) {
        while (!pieces.isEmpty()) {
            ByteBuf first = pieces.getFirst();
            int before = first.readableBytes();
            int answer = transport.push(number, first);
            size -= before - first.readableBytes();
            if (first.isReadable()) {
                return answer;
            }
            pieces.removeFirst().release();
        }
        return 0;
    }

    /** Lets go of everything. */
    void release() {
        pieces.forEach(ByteBuf::release);
        pieces.clear();
    }
}
