package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;

/**
 * The rights of the calling thread. The C library's setresuid(3) changes all threads of a process, so the system calls
 * are made by syscall(2), which changes one.
 */
final class ThreadRights {
    /** Numbers of system calls, which each architecture has its own of. */
    private record Calls(long setgroups, long setresgid, long setresuid) {

        static Calls ofThisMachine() throws IOException {
            return switch (System.getProperty("os.arch")) {
                case "amd64" -> new Calls(116, 119, 117);
                case "aarch64", "riscv64", "loongarch64" -> new Calls(159, 149, 147);
                case String other -> throw new IOException("cannot give up rights on " + other);
            };
        }
    }

    private ThreadRights() {}

    /**
     * Makes the calling thread, and the processes that it starts, that user for good, without other groups
     * and without capabilities.
     *
     * @throws IOException
     *             with the system's words
     */
    static void become(SystemUser user) throws IOException {
        Calls calls = Calls.ofThisMachine();
        call(user, calls.setgroups, 0, 0, 0);
        call(user, calls.setresgid, user.gid(), user.gid(), user.gid());
        call(user, calls.setresuid, user.uid(), user.uid(), user.uid());
    }

    private static void call(SystemUser user, long number, long first, long second, long third) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long result = LinuxCalls.systemCall(arena.allocate(Linker.Option.captureStateLayout()), number, first,
                    second,
                    third);
            if (result < 0) {
                throw new SystemException(Errno.linux((int) -result), "cannot become user " + user.name());
            }
        }
    }
}
