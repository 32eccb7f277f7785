package org.relayd.runtime.tls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;

/**
 * Memory for ciphertext that all streams of one event loop share: what stands in it is good for one call. Freed when
 * nobody knows it any more.
 */
public final class TlsMemory {
    /** Bytes of ciphertext that can be taken at once. */
    public static final int IN = 128 * 1024;
    /** Plaintext bytes that can be sealed at once. */
    public static final int PIECE = 128 * 1024;
    /** Bytes of ciphertext that can come of one call: a sealed piece of records of any size, or a flight. */
    public static final int OUT = 320 * 1024;

    /** Where ciphertext that came stands. */
    public final MemorySegment in;
    /** The same memory. */
    public final ByteBuffer inView;
    /** Where ciphertext that is to go stands. */
    public final MemorySegment out;
    /** The same memory. */
    public final ByteBuffer outView;

    /** Makes the memory of a loop. */
    public TlsMemory() {
        this(Arena.ofAuto());
    }

    /**
     * Makes it of what an allocator gives.
     *
     * @param memory
     *            gives memory that is not given to others
     */
    public TlsMemory(SegmentAllocator memory) {
        in = memory.allocate(IN, 64);
        inView = in.asByteBuffer();
        out = memory.allocate(OUT, 64);
        outView = out.asByteBuffer();
    }
}
