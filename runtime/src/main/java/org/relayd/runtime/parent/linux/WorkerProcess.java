package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    /** Belongs to who this process acts as; a call of the system would take longer to prepare. */
    private static final Path SELF = Path.of("/proc/self");
    private static final int ROOT = 0;

    private final SystemUser user;
    private final int pid;
    /** Once the status has been taken the number may be that of another process. */
    private final CountDownLatch ended = new CountDownLatch(1);

    private WorkerProcess(SystemUser user, int pid) {
        this.user = user;
        this.pid = pid;
    }

    /** Returns whether this process is root, on Linux: nobody else can be another user. */
    public static boolean canBeMade() {
        try {
            return Files.getAttribute(SELF, "unix:uid").equals(ROOT);
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
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
                FileAccess.check(program, true, user);
            }
            for (Path file : command.files()) {
                FileAccess.check(file, false, user);
            }
            try (Arena arena = Arena.ofConfined()) {
                return new WorkerProcess(user, new Spawn(arena).worker(command, line, log));
            } catch (SystemException refused) {
                throw new SystemException(refused.errno(), "cannot start the worker");
            }
        });
    }

    /** Returns its number. */
    public int pid() {
        return pid;
    }

    /** Waits until it has ended. One thread, once. */
    public Ending awaitEnd() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
            int result = LinuxCalls.EINTR;
            while (result == LinuxCalls.EINTR) {
                result = ProcessCalls.awaitEnd(state, pid, status);
            }
            taken();
            return result < 0 ? new Ending.Unknown() : Ending.of(status.get(ValueLayout.JAVA_INT, 0));
        }
    }

    private synchronized void taken() {
        ended.countDown();
    }

    /** Waits some time for the end, which another thread awaits. Returns whether it has come. */
    public boolean endsWithin(Duration time) {
        try {
            return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Kills it, unless it has ended. As its own user: root without CAP_KILL may not. */
    public synchronized void kill() throws IOException {
        if (ended.getCount() == 0) {
            return;
        }
        UnprivilegedThread.run(user, () -> {
            try (Arena arena = Arena.ofConfined()) {
                return ProcessCalls.kill(arena.allocate(Linker.Option.captureStateLayout()), pid, SIGKILL);
            }
        });
    }
}
