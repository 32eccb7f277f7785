package org.relayd.runtime.parent.link.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

/** One end of a pair of sockets in the hands of somebody who says what he likes. */
final class RawEnd implements AutoCloseable {
    private final int number;

    RawEnd(int number) {
        this.number = number;
    }

    /** Sends octets and copies of descriptors beside them, however many. */
    void send(byte[] octets, int... descriptors) {
        assertEquals(octets.length, attempt(octets, descriptors));
    }

    /** Tries that; returns how many octets have been sent, or the negated errno. */
    int attempt(byte[] octets, int... descriptors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int length = 16 + 4 * descriptors.length;
            MemorySegment control = arena.allocate(length + 8, 8);
            control.set(ValueLayout.JAVA_LONG, 0, length);
            control.set(ValueLayout.JAVA_INT, 8, SocketNumbers.SOL_SOCKET);
            control.set(ValueLayout.JAVA_INT, 12, SocketNumbers.SCM_RIGHTS);
            MemorySegment.copy(descriptors, 0, control, ValueLayout.JAVA_INT, 16, descriptors.length);
            MemorySegment said = arena.allocate(Math.max(1, octets.length));
            MemorySegment.copy(octets, 0, said, ValueLayout.JAVA_BYTE, 0, octets.length);
            MemorySegment vector = arena.allocate(16, 8);
            vector.set(ValueLayout.JAVA_LONG, 0, said.address());
            vector.set(ValueLayout.JAVA_LONG, 8, octets.length);
            MemorySegment message = arena.allocate(56, 8);
            message.set(ValueLayout.JAVA_LONG, 16, vector.address());
            message.set(ValueLayout.JAVA_LONG, 24, 1);
            if (descriptors.length > 0) {
                message.set(ValueLayout.JAVA_LONG, 32, control.address());
                message.set(ValueLayout.JAVA_LONG, 40, length);
            }
            return LinuxCalls.sendMessage(state, number, message);
        }
    }

    /** Sends a frame of these octets. */
    void frame(byte[] octets, int... descriptors) {
        send(framed(octets), descriptors);
    }

    /** Returns a frame of these octets. */
    static byte[] framed(byte[] octets) {
        return ByteBuffer.allocate(4 + octets.length).putInt(octets.length).put(octets).array();
    }

    /** Waits for octets; none at the end. */
    byte[] receive() {
        Message message = new Message();
        int count = message.receive(number, Message.BUFFER, false).count();
        byte[] octets = new byte[Math.max(0, count)];
        message.get(octets, 0, octets.length);
        return octets;
    }

    /** Waits for an exact count of octets. */
    byte[] receive(int count) {
        byte[] all = {};
        while (all.length < count) {
            byte[] more = receive();
            all = Arrays.copyOf(all, all.length + more.length);
            System.arraycopy(more, 0, all, all.length - more.length, more.length);
        }
        return all;
    }

    @Override
    public void close() {
        LineEnds.close(number);
    }
}
