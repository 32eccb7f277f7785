package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.ProcessCalls;

/**
 * The rights of the calling thread. The C library's setresuid(3) changes all threads of a process, so the system calls
 * are made by syscall(2), which changes one.
 */
final class ThreadRights {
    /** PR_CAPBSET_DROP of prctl(2). */
    private static final int DROP_BOUND = 24;
    /** PR_SET_NO_NEW_PRIVS of prctl(2). */
    private static final int NO_NEW_RIGHTS = 38;
    /** _LINUX_CAPABILITY_VERSION_3 of capset(2). */
    private static final int CAPABILITY_VERSION = 0x20080522;
    /** Two structs of three words; all zero is no capability. */
    private static final int CAPABILITY_WORDS = 6;
    /** Capabilities that a kernel can have: there are two words of bits. */
    private static final int CAPABILITIES = 64;

    /** Numbers of system calls, which each architecture has its own of. */
    private record Calls(long setgroups, long setresgid, long setresuid, long prctl, long capset) {

        static Calls ofThisMachine() throws IOException {
            return switch (System.getProperty("os.arch")) {
                case "amd64" -> new Calls(116, 119, 117, 157, 126);
                case "aarch64", "riscv64", "loongarch64" -> new Calls(159, 149, 147, 167, 91);
                case String other -> throw new IOException("cannot give up rights on " + other);
            };
        }
    }

    private final SystemUser user;
    private final Calls calls;
    private final Arena arena;
    private final MemorySegment state;

    private ThreadRights(SystemUser user, Arena arena) throws IOException {
        this.user = user;
        this.arena = arena;
        calls = Calls.ofThisMachine();
        state = arena.allocate(Linker.Option.captureStateLayout());
    }

    /**
     * Makes the calling thread, and the processes that it starts, that user for good, without other groups
     * and without capabilities.
     *
     * @throws IOException
     *             with the system's words
     */
    static void become(SystemUser user) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            new ThreadRights(user, arena).become();
        }
    }

    /**
     * Makes the calling thread, and the processes that it starts, that user without anything that could give rights
     * back: no capability in any set, as far as this process may change its bounding set, and no new privileges by
     * programs that it executes. capabilities(7), prctl(2).
     *
     * @throws IOException
     *             with the system's words
     */
    static void giveUpAll(SystemUser user) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            ThreadRights rights = new ThreadRights(user, arena);
            rights.dropBound();
            rights.become();
            rights.dropCapabilities();
            rights.call(rights.calls.prctl, NO_NEW_RIGHTS, 1, 0);
        }
    }

    private void become() throws IOException {
        call(calls.setgroups, 0, 0, 0);
        call(calls.setresgid, user.gid(), user.gid(), user.gid());
        call(calls.setresuid, user.uid(), user.uid(), user.uid());
    }

    /** Without CAP_SETPCAP it stays as it is, and means nothing to a process that can get no privileges. */
    private void dropBound() {
        for (int capability = 0; capability < CAPABILITIES; capability++) {
            if (ProcessCalls.systemCall(state, calls.prctl, DROP_BOUND, capability, 0, 0, 0) < 0) {
                return;
            }
        }
    }

    private void dropCapabilities() throws IOException {
        MemorySegment header = arena.allocateFrom(ValueLayout.JAVA_INT, CAPABILITY_VERSION, 0);
        MemorySegment none = arena.allocate(ValueLayout.JAVA_INT, CAPABILITY_WORDS);
        call(calls.capset, header.address(), none.address(), 0);
    }

    private void call(long number, long first, long second, long third) throws IOException {
        long result = ProcessCalls.systemCall(state, number, first, second, third, 0, 0);
        if (result < 0) {
            throw new SystemException(Errno.linux((int) -result), "cannot become user " + user.name());
        }
    }
}
