package org.relayd.runtime.parent.link.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

/** What becomes of the descriptors of a line in the end. */
final class LineEnds {
    private LineEnds() {}

    /** Closes a descriptor, which is gone even if the system has something to say about it. */
    static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            LinuxCalls.close(arena.allocate(Linker.Option.captureStateLayout()), descriptor);
        }
    }

    /**
     * Lets no descriptors come: whoever sends one is told that it may not. A kernel before Linux 6.16 does not know
     * how; there they go as far as the reader, who takes none. What is refused here need not be closed by this process,
     * which may take as long as its sender likes: SO_LINGER.
     */
    static void refuseDescriptors(int socket) {
        try (Arena arena = Arena.ofConfined()) {
            LinuxCalls.setOption(arena.allocate(Linker.Option.captureStateLayout()), socket,
                    SocketNumbers.SOL_SOCKET, SocketNumbers.SO_PASSRIGHTS, arena.allocate(ValueLayout.JAVA_INT));
        }
    }

    /** Ends the stream of a socket in both directions: whoever waits in a call comes back. */
    static void shutdown(int socket) {
        try (Arena arena = Arena.ofConfined()) {
            LinuxCalls.shutdown(arena.allocate(Linker.Option.captureStateLayout()), socket);
        }
    }
}
