package org.relayd.runtime.relay.wire.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.relayd.runtime.system.linux.LinuxCalls;

/** Empty pipes of one event loop: a stream needs one only while it moves, so that few serve many. */
final class PipePool {
    /** Bytes asked for; the kernel gives less to a user who has many pipes. */
    static final int SIZE = 1024 * 1024;
    private static final int KEPT = 16;

    private final LoopMemory memory;
    private final IntPredicate reserved;
    private final Deque<Pipe> idle = new ArrayDeque<>();

    /**
     * Creates an empty pool.
     *
     * @param reserved
     *            whether a descriptor of that number is one of the last, which pipes may not have
     */
    PipePool(LoopMemory memory, IntPredicate reserved) {
        this.memory = memory;
        this.reserved = reserved;
    }

    /** Returns an empty pipe; none if descriptors are short. */
    Optional<Pipe> take() {
        Pipe pipe = idle.pollLast();
        return pipe == null ? open() : Optional.of(pipe);
    }

    private Optional<Pipe> open() {
        MemorySegment ends = memory.address;
        if (LinuxCalls.pipe(memory.state, ends) < 0) {
            return Optional.empty();
        }
        Pipe pipe = new Pipe(ends.get(ValueLayout.JAVA_INT, 0), ends.get(ValueLayout.JAVA_INT, Integer.BYTES));
        if (reserved.test(Math.max(pipe.readEnd(), pipe.writeEnd()))) {
            pipe.close();
            return Optional.empty();
        }
        LinuxCalls.pipeSize(memory.state, pipe.writeEnd(), SIZE);
        return Optional.of(pipe);
    }

    /** Takes an empty pipe back. */
    void give(Pipe pipe) {
        if (idle.size() < KEPT) {
            idle.addLast(pipe);
        } else {
            pipe.close();
        }
    }

    /** Closes the pipes that are not in use. */
    void close() {
        idle.forEach(Pipe::close);
        idle.clear();
    }
}
