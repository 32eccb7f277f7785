package org.relayd.runtime.system.linux;

import java.lang.foreign.MemorySegment;

/** Calls on pairs of sockets; answers as of {@link LinuxCalls}. */
public final class PairCalls {
    private static final MemorySegment SOCKET_PAIR = LinuxCalls.function("socketpair");
    private static final MemorySegment SHUTDOWN = LinuxCalls.function("shutdown");
    private static final int UNIX = 1;
    private static final int BOTH = 2;

    private PairCalls() {}

    /**
     * socketpair(2) of Unix stream sockets, which block.
     *
     * @param ends
     *            gets the descriptors of both
     */
    public static int open(MemorySegment state, MemorySegment ends) {
        return LinuxCalls.answer(state, LinuxCalls.call(SOCKET_PAIR, state, UNIX,
                SocketNumbers.STREAM | SocketNumbers.CLOEXEC, 0, ends.address(), 0, 0));
    }

    /** shutdown(2) of both directions, which wakes those who wait in a call on the socket. */
    public static int shutdown(MemorySegment state, int fd) {
        return LinuxCalls.answer(state, LinuxCalls.call(SHUTDOWN, state, fd, BOTH, 0, 0, 0, 0));
    }
}
