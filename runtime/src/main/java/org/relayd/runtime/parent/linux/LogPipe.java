package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.ProcessCalls;

/** A pipe by which a process writes its log. Whoever reads blocks; whoever writes too, while nobody reads. pipe(7). */
public final class LogPipe {
    private final int readEnd;
    private final int writeEnd;

    private LogPipe(int readEnd, int writeEnd) {
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
    }

    /** Opens a pipe that no process inherits. */
    public static LogPipe open() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            checked(ProcessCalls.pipe(arena.allocate(Linker.Option.captureStateLayout()), ends));
            return new LogPipe(ends.getAtIndex(ValueLayout.JAVA_INT, 0), ends.getAtIndex(ValueLayout.JAVA_INT, 1));
        }
    }

    /** Returns the descriptor to write to. */
    public int writeEnd() {
        return writeEnd;
    }

    /** Closes the end to write to, here: once, after the process that writes has got it. */
    public void closeWriteEnd() {
        close(writeEnd);
    }

    /** Closes the end to read from: once. */
    public void closeReadEnd() {
        close(readEnd);
    }

    /**
     * Reads what is there, and waits while there is nothing.
     *
     * @return number of octets; 0 when nobody can write any more
     */
    public int read(byte[] into) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment outside = arena.allocate(into.length);
            int count = LinuxCalls.EINTR;
            while (count == LinuxCalls.EINTR) {
                count = ProcessCalls.read(state, readEnd, outside);
            }
            MemorySegment.copy(outside, ValueLayout.JAVA_BYTE, 0, into, 0, checked(count));
            return count;
        }
    }

    private static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            ProcessCalls.close(arena.allocate(Linker.Option.captureStateLayout()), descriptor);
        }
    }

    private static int checked(int result) throws IOException {
        if (result < 0) {
            throw new SystemException(Errno.linux(-result));
        }
        return result;
    }
}
