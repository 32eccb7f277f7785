package org.relayd.runtime.parent.keys.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.relayd.runtime.parent.keys.StreamSocket;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.Descriptors;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.ProcessCalls;

/**
 * One end of a pair of Unix stream sockets, whose calls wait. Its number stays its own until the thread that reads and
 * writes has closed it.
 */
public final class UnixStream implements StreamSocket {
    private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    private final int number;
    private boolean busy;
    private boolean closed;

    private UnixStream(int number) {
        this.number = number;
    }

    /** Makes a pair, as {@link StreamSocket.Pairs} says. */
    public static Pair open() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            checked(LinuxCalls.socketPair(arena.allocate(Linker.Option.captureStateLayout()), ends));
            return new Pair(new UnixStream(ends.getAtIndex(ValueLayout.JAVA_INT, 0)),
                    ends.getAtIndex(ValueLayout.JAVA_INT, 1));
        }
    }

    private static long checked(long result) throws IOException {
        if (result < 0) {
            throw new SystemException(Errno.linux((int) -result));
        }
        return result;
    }

    private synchronized boolean enter() {
        busy = !closed;
        return busy;
    }

    private synchronized void leave() {
        busy = false;
        if (closed) {
            release();
        }
    }

    private void release() {
        try {
            Descriptors.close(number);
        } catch (IOException gone) {
            // The number is free either way.
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!enter()) {
            return -1;
        }
        try {
            int got;
            do {
                got = ProcessCalls.read(state, number, MemorySegment.ofBuffer(into));
            } while (got == LinuxCalls.EINTR);
            checked(got);
            into.position(into.position() + got);
            return got == 0 ? -1 : got;
        } finally {
            leave();
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        if (!enter()) {
            throw new IOException("closed");
        }
        try {
            while (from.hasRemaining()) {
                long written = LinuxCalls.write(state, number, MemorySegment.ofBuffer(from), from.remaining());
                if (written != LinuxCalls.EINTR) {
                    from.position(from.position() + (int) checked(written));
                }
            }
        } finally {
            leave();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (busy) {
            // The thread in the call comes back, and closes it.
            try (Arena arena = Arena.ofConfined()) {
                LinuxCalls.shutdown(arena.allocate(Linker.Option.captureStateLayout()), number);
            }
        } else {
            release();
        }
    }
}
