package org.relayd.runtime.relay.wire.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.relayd.runtime.relay.wire.KeptLimit;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketAddresses;
import org.relayd.runtime.tls.TlsMemory;

/**
 * The memory that all wires of one event loop share: a wire that is idle holds none. Freed when the loop
 * and its wires are garbage.
 */
final class LoopMemory {
    /** Bytes that can be gathered for one send. */
    static final int GATHER = 64 * 1024;

    /** Where the errno of a call is caught. */
    final MemorySegment state;
    /** What is received into. */
    final ReceiveBlocks blocks = new ReceiveBlocks();
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
    /** Memory for what the kernel tells of a connection. */
    final MemorySegment info;
    /** A struct linger that is on and has no time. */
    final MemorySegment noLinger;
    private Optional<TlsMemory> tls = Optional.empty();
    /** Counts what all loops keep. */
    final KeptLimit kept;
    private long sealed;

    /**
     * Makes the memory of a loop.
     *
     * @param kept
     *            that of the process
     */
    LoopMemory(KeptLimit kept) {
        this.kept = kept;
        Arena arena = Arena.ofAuto();
        state = arena.allocate(Linker.Option.captureStateLayout());
        gather = LinuxCalls.pages(GATHER);
        gatherView = gather.asByteBuffer();
        address = arena.allocate(SocketAddresses.SIZE, Long.BYTES);
        length = arena.allocate(ValueLayout.JAVA_INT);
        option = arena.allocate(ValueLayout.JAVA_INT);
        info = arena.allocate(TcpInfo.SIZE, Long.BYTES);
        noLinger = arena.allocateFrom(ValueLayout.JAVA_INT, 1, 0);
    }

    /** Room for an address that a call is to store. */
    MemorySegment addressLength() {
        length.set(ValueLayout.JAVA_INT, 0, SocketAddresses.SIZE);
        return length;
    }

    /** Counts bytes of ciphertext that wires keep because their sockets did not take them. */
    void keepSealed(int change) {
        sealed += change;
        kept.add(change);
    }

    /** Returns how many of them wires of this loop keep. */
    long sealed() {
        return sealed;
    }

    /** Returns how much of a piece of memory one receive may fill now. */
    long room(long size) {
        return kept.isShort() ? Math.min(size, KeptLimit.LITTLE) : size;
    }

    /** Returns the memory for ciphertext, made when the first wire needs it. */
    TlsMemory tls() {
        if (tls.isEmpty()) {
            tls = Optional.of(new TlsMemory((size, _) -> LinuxCalls.pages(size)));
        }
        return tls.get();
    }
}
