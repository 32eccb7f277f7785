package org.relayd.runtime.worker.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.ProcessCalls;

/** Takes from this process, for good, what it does not need. */
public final class Confinement {
    /** Offsets in struct sock_filter. */
    private static final int IF_TRUE = 2;
    private static final int IF_FALSE = 3;
    private static final int OPERAND = 4;
    private static final int INSTRUCTION = 8;
    /** Offset of the pointer in struct sock_fprog. */
    private static final int PROGRAM = 8;
    /** SECCOMP_SET_MODE_FILTER. */
    private static final int FILTER = 1;
    /** SECCOMP_FILTER_FLAG_TSYNC: of all threads. */
    private static final int ALL_THREADS = 1;
    /** PR_SET_DUMPABLE. */
    private static final int DUMPABLE = 4;

    /** Numbers of system calls. */
    private record Calls(boolean amd64, long seccomp, long prctl) {

        static Calls ofThisMachine() throws IOException {
            return switch (System.getProperty("os.arch")) {
                case "amd64" -> new Calls(true, 317, 157);
                case "aarch64" -> new Calls(false, 277, 167);
                case String other -> throw new IOException("no filter of system calls is known for " + other);
            };
        }
    }

    private Confinement() {}

    /**
     * Lets no thread of this process make system calls that a worker does not need, nor processes, nor send signals to
     * other processes, nor open sockets that are not of the Internet; and keeps other processes of its user from its
     * memory. seccomp(2), PR_SET_DUMPABLE of prctl(2).
     *
     * @param pid
     *            number of this process
     * @throws IOException
     *             if the kernel has no such filters, with its words; nothing has changed then
     */
    public static void enter(int pid) throws IOException {
        Calls calls = Calls.ofThisMachine();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment program = program(arena, FilterProgram.of(pid, calls.amd64));
            // Else the number of a thread that has a filter of its own, which none has.
            check(ProcessCalls.systemCall(state, calls.seccomp, FILTER, ALL_THREADS, program.address(), 0, 0));
            check(ProcessCalls.systemCall(state, calls.prctl, DUMPABLE, 0, 0, 0, 0));
        }
    }

    private static MemorySegment program(Arena arena, List<FilterProgram.Instruction> instructions) {
        MemorySegment code = arena.allocate(MemoryLayout.sequenceLayout(instructions.size(),
                MemoryLayout.sequenceLayout(INSTRUCTION / Integer.BYTES, ValueLayout.JAVA_INT)));
        long at = 0;
        for (FilterProgram.Instruction instruction : instructions) {
            code.set(ValueLayout.JAVA_SHORT, at, (short) instruction.code());
            code.set(ValueLayout.JAVA_BYTE, at + IF_TRUE, (byte) instruction.ifTrue());
            code.set(ValueLayout.JAVA_BYTE, at + IF_FALSE, (byte) instruction.ifFalse());
            code.set(ValueLayout.JAVA_INT, at + OPERAND, instruction.operand());
            at += INSTRUCTION;
        }
        MemorySegment program = arena.allocate(2L * PROGRAM, PROGRAM);
        program.set(ValueLayout.JAVA_SHORT, 0, (short) instructions.size());
        program.set(ValueLayout.ADDRESS, PROGRAM, code);
        return program;
    }

    private static void check(long result) throws IOException {
        if (result != 0) {
            throw new SystemException(Errno.linux((int) Math.abs(result)), "no filter of system calls");
        }
    }
}
