package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.ProcessCalls;

/**
 * A check script that runs as another user, in a session of its own. One thread waits for it, which keeps its rights,
 * and takes its end; its number stays its own until then. Any thread kills it.
 */
final class ScriptProcess {
    private static final int SIGKILL = 9;

    private final SystemUser user;
    private final int pid;
    /** Can be read from when it has ended. */
    private final int handle;
    private boolean taken;

    private ScriptProcess(SystemUser user, int pid, int handle) {
        this.user = user;
        this.pid = pid;
        this.handle = handle;
    }

    /**
     * Starts it.
     *
     * @throws IOException
     *             with the reason for the user
     */
    static ScriptProcess start(ScriptRun script) throws IOException {
        SystemUser user = SystemUser.withoutRights();
        int pid = UnprivilegedThread.runAs(user, () -> {
            try (Arena arena = Arena.ofConfined()) {
                return new Spawn(arena).script(List.of(script.path(), script.host()));
            }
        });
        try (Arena arena = Arena.ofConfined()) {
            int handle = ProcessCalls.openProcess(arena.allocate(Linker.Option.captureStateLayout()), pid);
            ScriptProcess process = new ScriptProcess(user, pid, handle);
            if (handle < 0) {
                process.kill();
                process.takeEnd();
                throw new SystemException(Errno.linux(-handle), "cannot wait for it");
            }
            return process;
        }
    }

    /** Waits some time for the end. Returns whether it has come. */
    boolean endsWithin(Duration time) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment poll = arena.allocate(ProcessCalls.POLL_ROOM, Long.BYTES);
            long begin = System.nanoTime();
            int result = LinuxCalls.EINTR;
            while (result == LinuxCalls.EINTR) {
                Duration left = time.minusNanos(System.nanoTime() - begin);
                result = ProcessCalls.awaitReadable(state, poll, handle, left.isNegative() ? Duration.ZERO : left);
            }
            return result > 0;
        }
    }

    /** Takes the end, and waits for it if it has not come. Once. */
    synchronized Ending takeEnd() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
            int result = LinuxCalls.EINTR;
            while (result == LinuxCalls.EINTR) {
                result = ProcessCalls.awaitEnd(state, pid, status);
            }
            taken = true;
            ProcessCalls.close(state, handle);
            return result < 0 ? new Ending.Unknown() : Ending.of(status.get(ValueLayout.JAVA_INT, 0));
        }
    }

    /** Kills it with all that descend from it, unless its end has been taken. */
    synchronized void kill() {
        if (taken) {
            return;
        }
        // Those that have left its session are found as long as their parents live.
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
        if (Errno.linux(-killSession()).is(ErrorName.EPERM)) {
            killAsItsUser();
        }
    }

    /** Root without CAP_KILL may not. */
    private void killAsItsUser() {
        try {
            UnprivilegedThread.runAs(user, () -> {
                ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)
                        .forEach(ProcessHandle::destroyForcibly);
                return killSession();
            });
        } catch (IOException refused) {
            // Nobody else may do it either: it ends by itself.
        }
    }

    private int killSession() {
        try (Arena arena = Arena.ofConfined()) {
            return ProcessCalls.kill(arena.allocate(Linker.Option.captureStateLayout()), -pid, SIGKILL);
        }
    }
}
