package org.relayd.runtime.parent.link.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;

/**
 * Both ends of a line: descriptors of this process, which exec closes.
 *
 * @param parent
 *            for the parent
 * @param worker
 *            for the worker
 */
public record SocketPair(int parent, int worker) {

    /**
     * Opens a pair.
     *
     * @throws SystemException
     *             with the system's words, such as that there are no descriptors left
     */
    public static SocketPair open() throws SystemException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            int result = LinuxCalls.socketPair(arena.allocate(Linker.Option.captureStateLayout()), ends);
            if (result < 0) {
                throw new SystemException(Errno.linux(-result), "cannot make a line to the worker");
            }
            return new SocketPair(ends.getAtIndex(ValueLayout.JAVA_INT, 0),
                    ends.getAtIndex(ValueLayout.JAVA_INT, 1));
        }
    }
}
