package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * The memory that all wires of one event loop share: a wire that is idle holds none. What is received stands in {@link #received} until the next call that receives; nobody may keep it. Freed when
 * the loop and its wires are garbage.
 */
final class LoopMemory {
    /** Bytes of one receive: large, because the price of a byte in a stream falls with the size of the read; not so large that they leave the processor's cache before they are sent. */
    static final int RECEIVE = 512 * 1024;
    /** Bytes that can be gathered for one send. */
    static final int GATHER = 64 * 1024;

    /** Where the errno of a call is caught. */
    final MemorySegment state;
    /** Memory behind {@link #received}. */
    final MemorySegment receive;
    /** The bytes received last. */
    final ByteBuf received;
    /** Memory for bytes that are put together before they are sent. */
    final MemorySegment gather;
    /** The same memory for Netty's buffers to copy to. */
    final ByteBuffer gatherView;
    /** Memory for socket addresses. */
    final MemorySegment address;
    /** Memory for the length of an address or option. */
    final MemorySegment length;
    /** Memory for the value of an option. */
    final MemorySegment option;

    LoopMemory() {
        Arena arena = Arena.ofAuto();
        state = arena.allocate(Linker.Option.captureStateLayout());
        receive = arena.allocate(RECEIVE, Long.BYTES);
        received = Unpooled.wrappedBuffer(receive.asByteBuffer());
        gather = arena.allocate(GATHER, Long.BYTES);
        gatherView = gather.asByteBuffer();
        address = arena.allocate(SocketAddresses.SIZE, Long.BYTES);
        length = arena.allocate(ValueLayout.JAVA_INT);
        option = arena.allocate(ValueLayout.JAVA_INT);
    }

    /** Room for an address that a call is to store. */
    MemorySegment addressLength() {
        length.set(ValueLayout.JAVA_INT, 0, SocketAddresses.SIZE);
        return length;
    }
}
