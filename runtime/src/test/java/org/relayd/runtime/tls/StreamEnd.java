package org.relayd.runtime.tls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An end that is a {@link TlsStream}, with an event loop that turns when the test says. */
public final class StreamEnd extends TlsEnd {
    private final TlsMemory memory;
    private final MemorySegment block = Arena.ofAuto().allocate(TlsMemory.IN + 32 * 1024);
    private final Queue<Runnable> loop = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> resumed = new ArrayDeque<>();
    private final TlsStream stream;

    /** Makes the stream of a side, on memory of its own. */
    public StreamEnd(TlsSide side) {
        this(side, new TlsMemory());
    }

    /** Makes the stream of a side. */
    public StreamEnd(TlsSide side, TlsMemory memory) {
        this.memory = memory;
        stream = side.stream(memory, new TlsSide.Turn(loop::add, () -> resumed.add(this::proceed)));
    }

    /** Returns the stream. */
    public TlsStream stream() {
        return stream;
    }

    @Override
    public void begin() {
        stream.begin();
        collect();
    }

    private void proceed() {
        opened(stream.proceed(block));
    }

    @Override
    public boolean turn() {
        boolean turned = false;
        for (Runnable next = loop.poll(); next != null; next = loop.poll()) {
            next.run();
            turned = true;
        }
        for (Runnable next = resumed.poll(); next != null; next = resumed.poll()) {
            next.run();
            turned = true;
        }
        return turned;
    }

    @Override
    public boolean isReady() {
        return stream.state() != TlsStream.State.WAITING;
    }

    @Override
    public void take(byte[] ciphertext) {
        for (int at = 0; at < ciphertext.length; at += TlsMemory.IN) {
            byte[] some = Arrays.copyOfRange(ciphertext, at, Math.min(at + TlsMemory.IN, ciphertext.length));
            MemorySegment.copy(some, 0, memory.in, ValueLayout.JAVA_BYTE, 0, some.length);
            opened(stream.open(some.length, block));
        }
    }

    private void opened(int count) {
        deliver(block.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
        collect();
    }

    @Override
    public void send(byte[] plaintext) {
        for (int at = 0; at < plaintext.length; at += TlsMemory.PIECE) {
            int count = Math.min(TlsMemory.PIECE, plaintext.length - at);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment from = arena.allocate(count);
                MemorySegment.copy(plaintext, at, from, ValueLayout.JAVA_BYTE, 0, count);
                stream.seal(from, count);
            }
            collect();
        }
    }

    @Override
    public void sendLast(byte[] plaintext) {
        try (Arena arena = Arena.ofConfined()) {
            stream.sealLast(arena.allocateFrom(ValueLayout.JAVA_BYTE, plaintext), plaintext.length);
        }
        collect();
    }

    @Override
    public void finish() {
        stream.finish();
        collect();
    }

    @Override
    public void release() {
        stream.release();
    }

    private void collect() {
        produce(memory.out.asSlice(0, stream.produced()).toArray(ValueLayout.JAVA_BYTE));
        // What stands there is good for one call: the next one must not need it.
        memory.out.asSlice(0, stream.produced()).fill((byte) 0x5a);
        memory.in.asSlice(0, 64).fill((byte) 0x5a);
    }
}
