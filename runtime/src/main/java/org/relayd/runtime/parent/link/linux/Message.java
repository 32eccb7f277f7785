package org.relayd.runtime.parent.link.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalInt;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

/**
 * A struct msghdr with one buffer and room for one descriptor, and the calls that use it. Of one thread at a time. Its
 * layout is that of every Linux with words of 64 bits; recvmsg(2), cmsg(3).
 */
public final class Message {
    /** Octets of one call at most. */
    public static final int BUFFER = 64 * 1024;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    private static final int HEADER = 56;
    private static final int VECTOR_AT = 16;
    private static final int VECTORS_AT = 24;
    private static final int CONTROL_AT = 32;
    private static final int CONTROL_LENGTH_AT = 40;
    private static final int FLAGS_AT = 48;

    /** CMSG_LEN and CMSG_SPACE of one descriptor: with the first, the kernel has no room for a second one. */
    private static final int CONTROL_LENGTH = 20;
    private static final int CONTROL_SPACE = 24;
    private static final int LEVEL_AT = 8;
    private static final int TYPE_AT = 12;
    private static final int DESCRIPTOR_AT = 16;

    private final MemorySegment state;
    private final MemorySegment header;
    private final MemorySegment vector;
    private final MemorySegment control;
    private final MemorySegment buffer;

    /** Makes one, which is freed when it is garbage. */
    public Message() {
        Arena arena = Arena.ofAuto();
        state = arena.allocate(Linker.Option.captureStateLayout());
        header = arena.allocate(HEADER, Long.BYTES);
        vector = arena.allocate(WORD, 2);
        control = arena.allocate(CONTROL_SPACE, Long.BYTES);
        buffer = arena.allocate(BUFFER, Long.BYTES);
        header.set(WORD, VECTOR_AT, vector.address());
        header.set(WORD, VECTORS_AT, 1);
        vector.setAtIndex(WORD, 0, buffer.address());
    }

    /** Puts octets into the buffer. */
    public void put(int at, byte[] octets, int from, int count) {
        MemorySegment.copy(octets, from, buffer, ValueLayout.JAVA_BYTE, at, count);
    }

    /** Takes octets out of the buffer. */
    public void get(byte[] octets, int into, int count) {
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, octets, into, count);
    }

    /**
     * Sends octets of the buffer.
     *
     * @return how many have been sent, or the negated errno; the descriptor has been sent with the first of them
     */
    public int send(int socket, int from, int count, OptionalInt descriptor) {
        vector.setAtIndex(WORD, 0, buffer.address() + from);
        vector.setAtIndex(WORD, 1, count);
        control(descriptor.isPresent());
        if (descriptor.isPresent()) {
            control.set(WORD, 0, CONTROL_LENGTH);
            control.set(INT, LEVEL_AT, SocketNumbers.SOL_SOCKET);
            control.set(INT, TYPE_AT, SocketNumbers.SCM_RIGHTS);
            control.set(INT, DESCRIPTOR_AT, descriptor.getAsInt());
        }
        int sent = LinuxCalls.sendMessage(state, socket, header);
        while (sent == LinuxCalls.EINTR) {
            sent = LinuxCalls.sendMessage(state, socket, header);
        }
        return sent;
    }

    /**
     * Waits for octets and receives them into the buffer.
     *
     * @param count
     *            how many at most, 1 to the size of the buffer
     * @param roomForDescriptor
     *            whether a descriptor may come into this process
     */
    public Received receive(int socket, int count, boolean roomForDescriptor) {
        int received;
        do {
            vector.setAtIndex(WORD, 1, count);
            control(roomForDescriptor);
            received = LinuxCalls.receiveMessage(state, socket, header);
        } while (received == LinuxCalls.EINTR);
        boolean cut = received >= 0 && (header.get(INT, FLAGS_AT) & SocketNumbers.CTRUNC) != 0;
        return new Received(received, received >= 0 ? descriptor() : OptionalInt.empty(), cut);
    }

    private void control(boolean used) {
        header.set(WORD, CONTROL_AT, used ? control.address() : 0);
        header.set(WORD, CONTROL_LENGTH_AT, used ? CONTROL_LENGTH : 0);
        header.set(INT, FLAGS_AT, 0);
    }

    private OptionalInt descriptor() {
        boolean there = header.get(WORD, CONTROL_LENGTH_AT) >= CONTROL_LENGTH
                && control.get(INT, LEVEL_AT) == SocketNumbers.SOL_SOCKET
                && control.get(INT, TYPE_AT) == SocketNumbers.SCM_RIGHTS;
        return there ? OptionalInt.of(control.get(INT, DESCRIPTOR_AT)) : OptionalInt.empty();
    }

    /**
     * What has been received.
     *
     * @param count
     *            octets, 0 at the end, or the negated errno
     * @param descriptor
     *            came with them
     * @param cut
     *            whether there were more descriptors than could be received
     */
    public record Received(int count, OptionalInt descriptor, boolean cut) {

        /** Returns why nothing could be received. */
        public SystemException failure() {
            return new SystemException(Errno.linux(-count));
        }

        /** Returns whether there is nothing more: the other end is closed, perhaps without having read everything. */
        public boolean isEnd() {
            return count == 0 || count == LinuxCalls.ECONNRESET;
        }
    }
}
