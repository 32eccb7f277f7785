package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.ProcessCalls;

/**
 * The process that has no rights, made by this one that has them. It is made by a thread that has given up everything
 * before, so that it never had any; its user cannot send signals to this process, since that thread ends at once.
 *
 * <p>
 * It begins with four descriptors: {@code /dev/null} for its standard input, the log for its standard output and error,
 * and the line as descriptor {@value #LINE}; in a session of its own, so that it has no terminal.
 */
public final class WorkerProcess {
    /** Descriptor of the line in the worker. */
    public static final int LINE = 3;
    private static final int SIGKILL = 9;

    private final SystemUser user;
    private final int pid;
    /** Once the status has been taken the number may be that of another process. */
    private boolean ended;

    private WorkerProcess(SystemUser user, int pid) {
        this.user = user;
        this.pid = pid;
    }

    /** Returns whether this process is root, on Linux. */
    public static boolean canBeMade() {
        try (Arena arena = Arena.ofConfined()) {
            return ProcessCalls.effectiveUser(arena.allocate(Linker.Option.captureStateLayout())) == 0;
        }
    }

    /**
     * Starts it.
     *
     * @param line
     *            descriptor that becomes its {@value #LINE}; stays open here
     * @param log
     *            descriptor that becomes its standard output and error; stays open here
     * @throws IOException
     *             with the reason for the user
     */
    public static WorkerProcess start(WorkerCommand command, int line, int log) throws IOException {
        SystemUser user = SystemUser.withoutRights();
        return UnprivilegedThread.run(user, () -> {
            for (Path program : command.programs()) {
                Readable.check(program, true, user);
            }
            for (Path file : command.files()) {
                Readable.check(file, false, user);
            }
            try (Arena arena = Arena.ofConfined()) {
                return new WorkerProcess(user, new Spawn(arena).run(command, line, log));
            }
        });
    }

    /** Returns its number. */
    public int pid() {
        return pid;
    }

    /** Waits until it has ended. One thread, once. */
    public Ending awaitEnd() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
            int result = LinuxCalls.EINTR;
            while (result == LinuxCalls.EINTR) {
                result = ProcessCalls.awaitEnd(state, pid, status);
            }
            taken();
            if (result < 0) {
                throw new SystemException(Errno.linux(-result));
            }
            return Ending.of(status.get(ValueLayout.JAVA_INT, 0));
        }
    }

    private synchronized void taken() {
        ended = true;
    }

    /** Kills it, unless it has ended. As its own user: root without CAP_KILL may not. */
    public synchronized void kill() throws IOException {
        if (ended) {
            return;
        }
        UnprivilegedThread.run(user, () -> {
            try (Arena arena = Arena.ofConfined()) {
                return ProcessCalls.kill(arena.allocate(Linker.Option.captureStateLayout()), pid, SIGKILL);
            }
        });
    }
}
