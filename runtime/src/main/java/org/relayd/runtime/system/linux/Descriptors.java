package org.relayd.runtime.system.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;

/** What is done with any descriptor, whatever it stands for; by its number. Any thread. */
public final class Descriptors {
    private Descriptors() {}

    /**
     * Closes a descriptor; its number is free afterwards even if that fails. close(2).
     *
     * @throws IOException
     *             with the system's words
     */
    public static void close(int number) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int result = LinuxCalls.close(state(arena), number);
            if (result != LinuxCalls.EINTR) {
                checked(result);
            }
        }
    }

    /**
     * Returns another number for the same thing, which programs that are started do not get.
     *
     * @throws IOException
     *             with the system's words
     */
    public static int duplicate(int number) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return (int) checked(LinuxCalls.duplicate(state(arena), number));
        }
    }

    /**
     * Lets calls on a socket not wait.
     *
     * @throws IOException
     *             with the system's words
     */
    public static void nonBlocking(int number) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            checked(LinuxCalls.nonBlocking(state(arena), number));
        }
    }

    /** Returns whether it is a socket that takes connections. */
    public static boolean isListening(int number) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            int result = LinuxCalls.getOption(state(arena), number, SocketNumbers.SOL_SOCKET,
                    SocketNumbers.SO_ACCEPTCONN, value, arena.allocateFrom(ValueLayout.JAVA_INT, Integer.BYTES));
            return result == 0 && value.get(ValueLayout.JAVA_INT, 0) != 0;
        }
    }

    /** Returns whether it is a socket that is connected. */
    public static boolean isConnected(int number) {
        try (Arena arena = Arena.ofConfined()) {
            return LinuxCalls.peerName(state(arena), number, arena.allocate(SocketAddresses.SIZE),
                    arena.allocateFrom(ValueLayout.JAVA_INT, SocketAddresses.SIZE)) == 0;
        }
    }

    /**
     * Writes all that remains. Blocks.
     *
     * @throws IOException
     *             with the system's words; some of the octets may have been written
     */
    public static void write(int number, ByteBuffer octets) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = state(arena);
            MemorySegment all = MemorySegment.ofBuffer(octets);
            MemorySegment outside = all.isNative() ? all : arena.allocate(all.byteSize()).copyFrom(all);
            long written = 0;
            while (written < outside.byteSize()) {
                long result = LinuxCalls.write(state, number, outside.asSlice(written), outside.byteSize() - written);
                if (result != LinuxCalls.EINTR) {
                    written += checked(result);
                }
            }
            octets.position(octets.limit());
        }
    }

    private static MemorySegment state(Arena arena) {
        return arena.allocate(Linker.Option.captureStateLayout());
    }

    private static long checked(long result) throws IOException {
        if (result < 0) {
            throw new SystemException(Errno.linux((int) -result));
        }
        return result;
    }
}
