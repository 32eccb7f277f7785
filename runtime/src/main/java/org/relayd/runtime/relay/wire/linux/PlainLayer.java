package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

/** Bytes as they are. */
final class PlainLayer implements Layer {
    private final LoopMemory memory;
    private final int number;
    private boolean more;
    /** What each send is told besides: 0 or that more follows. */
    private int held;

    /**
     * Creates the layer of a descriptor.
     *
     * @param memory
     *            of its loop
     */
    PlainLayer(LoopMemory memory, int number) {
        this.memory = memory;
        this.number = number;
    }

    @Override
    public int receive(ReceiveBlocks.Block into) {
        return receive(into.memory, memory.room(into.memory.byteSize()));
    }

    /** Receives into other memory, as into a block. */
    int receive(MemorySegment into, long room) {
        int count = LinuxCalls.receive(memory.state, number, into, room);
        // A short read has emptied the socket.
        more = count == room;
        return count;
    }

    /** Sends bytes: how many, or a negated errno. */
    int send(MemorySegment from, long count, int flags) {
        return LinuxCalls.send(memory.state, number, from, count, flags | held);
    }

    @Override
    public boolean mayHaveMore() {
        return more;
    }

    @Override
    public boolean hasKept() {
        return false;
    }

    @Override
    public int push(ByteBuf bytes, int count) {
        int left = count;
        while (left > 0) {
            MemorySegment from = segment(bytes, left);
            int sent = LinuxCalls.send(memory.state, number, from, from.byteSize(), held);
            if (sent < 0) {
                return sent == LinuxCalls.EAGAIN ? 0 : sent;
            }
            bytes.skipBytes(sent);
            left -= sent;
            if (sent < from.byteSize()) {
                return 0;
            }
        }
        return 0;
    }

    /** Returns the next bytes as memory: that of the buffer itself, or a copy of as many as fit. */
    MemorySegment segment(ByteBuf bytes, int count) {
        if (bytes.isDirect()) {
            return MemorySegment.ofBuffer(bytes.internalNioBuffer(bytes.readerIndex(), count));
        }
        int copied = Math.min(count, LoopMemory.GATHER);
        bytes.getBytes(bytes.readerIndex(), memory.gatherView.clear().limit(copied));
        return memory.gather.asSlice(0, copied);
    }

    /** In one call if all fits into one piece, else in two, so that nothing long is copied. */
    @Override
    public int push(byte[] bytes, int length, ByteBuf more, int count) {
        MemorySegment.copy(bytes, 0, memory.gather, ValueLayout.JAVA_BYTE, 0, length);
        int tail = count <= LoopMemory.GATHER - length ? count : 0;
        if (tail > 0) {
            more.getBytes(more.readerIndex(), memory.gatherView.clear().position(length).limit(length + tail));
        }
        boolean rest = count > tail;
        int sent = LinuxCalls.send(memory.state, number, memory.gather, length + tail,
                rest ? SocketNumbers.MORE : held);
        if (sent < 0) {
            return sent == LinuxCalls.EAGAIN ? 0 : sent;
        }
        more.skipBytes(Math.max(0, sent - length));
        if (sent == length + tail && rest) {
            int error = push(more, count);
            return error < 0 ? error : length;
        }
        return Math.min(sent, length);
    }

    @Override
    public void hold(boolean wanted) {
        held = wanted ? SocketNumbers.MORE : 0;
    }

    @Override
    public boolean isEmpty() {
        return true;
    }

    @Override
    public int flush() {
        return 0;
    }

    /** Only the end of the stream itself tells. */
    @Override
    public int finish() {
        return 0;
    }

    @Override
    public boolean mayPass() {
        return true;
    }

    @Override
    public Optional<String> fault() {
        return Optional.empty();
    }

    @Override
    public void release() {
        // The descriptor belongs to the wire.
    }
}
