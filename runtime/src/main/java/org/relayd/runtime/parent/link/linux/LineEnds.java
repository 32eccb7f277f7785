package org.relayd.runtime.parent.link.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import org.relayd.runtime.system.linux.LinuxCalls;

/** What becomes of the descriptors of a line in the end. */
final class LineEnds {
    private LineEnds() {}

    /** Closes a descriptor, which is gone even if the system has something to say about it. */
    static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            LinuxCalls.close(arena.allocate(Linker.Option.captureStateLayout()), descriptor);
        }
    }

    /** Ends the stream of a socket in both directions: whoever waits in a call comes back. */
    static void shutdown(int socket) {
        try (Arena arena = Arena.ofConfined()) {
            LinuxCalls.shutdown(arena.allocate(Linker.Option.captureStateLayout()), socket);
        }
    }
}
