package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.relayd.runtime.system.linux.LinuxCalls;

/**
 * What the wires of one event loop receive into. A block serves one receive after the other, so that it stays in the
 * processor's cache. To one whose bytes a slow reader has not taken yet, the {@link Backlog} of that reader has a
 * reference, and another block takes its place. When all large ones are held, receives are small, and little is copied:
 * however many readers are slow, they hold {@link #MOST} blocks and {@link #SMALL} bytes each.
 */
final class ReceiveBlocks {
    /**
     * Bytes of one receive: large, because the price of a byte in a stream falls with the size of the read; not so
     * large that they leave the processor's cache before they are sent.
     */
    static final int SIZE = 512 * 1024;
    /** Blocks of a loop, made as they are needed. */
    static final int MOST = 16;
    /** Bytes of one receive while all blocks are held. */
    static final int SMALL = 32 * 1024;

    private final List<Block> blocks = new ArrayList<>();
    private Block small = new Block(SMALL);
    private Block present;

    ReceiveBlocks() {
        present = new Block(SIZE);
        blocks.add(present);
    }

    /** Memory and the same memory for listeners. */
    static final class Block {
        /** The memory itself. */
        final MemorySegment memory;
        /** The bytes received last. */
        final ByteBuf bytes;

        private Block(int size) {
            memory = LinuxCalls.pages(size);
            bytes = Unpooled.wrappedBuffer(memory.asByteBuffer());
        }

        private boolean isFree() {
            return bytes.refCnt() == 1;
        }
    }

    /** Returns a block that nobody holds, for the next receive. */
    Block free() {
        if (!present.isFree() || present == small) {
            present = another();
        }
        return present;
    }

    /** Large blocks so far. */
    int made() {
        return blocks.size();
    }

    private Block another() {
        for (Block block : blocks) {
            if (block.isFree()) {
                return block;
            }
        }
        if (blocks.size() == MOST) {
            small = small.isFree() ? small : new Block(SMALL);
            return small;
        }
        Block added = new Block(SIZE);
        blocks.add(added);
        return added;
    }
}
