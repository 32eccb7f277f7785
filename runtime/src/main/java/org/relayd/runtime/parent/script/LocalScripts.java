package org.relayd.runtime.parent.script;

import java.io.File;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.FailedCall;

/**
 * Runs check scripts as children of this process: environment, standard input, output and error are this process's,
 * the current folder is {@code /}. Not more than {@link #AT_ONCE} run at one time, the others wait; a timeout counts
 * from the start of the script.
 */
public final class LocalScripts implements AutoCloseable {
    /** Most scripts that run at one time. */
    static final int AT_ONCE = 8;
    /** The JDK reports death by signal N as status 128 + N; Linux has signals up to 64. */
    private static final int SIGNALLED = 128;
    private static final int LAST_SIGNAL = 64;
    /** What fails when there is no process to be had. Everything else concerns the program. */
    private static final Set<ErrorName> SHORTAGE = Set.of(ErrorName.EAGAIN, ErrorName.ENOMEM, ErrorName.ENFILE,
            ErrorName.EMFILE);

    private final ScriptProcesses processes;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final ExecutorService starter = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("script-", 0).factory());

    /** Creates it; {@code processes} is closed with it. */
    public LocalScripts(ScriptProcesses processes) {
        this.processes = processes;
    }

    /** Runs a script; the answer comes on any thread. */
    public void run(ScriptRun run, CheckRights.ScriptAnswer answer) {
        starter.execute(() -> answer.ended(inSlot(run)));
    }

    /** Starts no further scripts, and kills those that run. */
    @Override
    public void close() {
        starter.shutdownNow();
        starter.close();
        processes.close();
    }

    private ScriptEnd inSlot(ScriptRun run) {
        try {
            slots.acquire();
        } catch (InterruptedException closing) {
            return new ScriptEnd.NotStarted("relayd ends");
        }
        try {
            return run(run);
        } finally {
            slots.release();
        }
    }

    private ScriptEnd run(ScriptRun run) {
        Process process;
        try {
            process = processes
                    .start(new ProcessBuilder(run.path(), run.host()).directory(new File("/")).inheritIO());
        } catch (IOException refused) {
            String reason = String.valueOf(refused.getMessage());
            boolean shortage = FailedCall.errno(refused).filter(errno -> errno.isOneOf(SHORTAGE)).isPresent();
            return shortage ? new ScriptEnd.NotStarted(reason) : new ScriptEnd.NotExecutable(reason);
        }
        try {
            if (process.waitFor(run.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                return end(process.exitValue());
            }
        } catch (InterruptedException closing) {
            // Falls through: the script ends with relayd.
        }
        processes.kill(process);
        return new ScriptEnd.Killed();
    }

    private static ScriptEnd end(int status) {
        boolean signalled = status > SIGNALLED && status <= SIGNALLED + LAST_SIGNAL;
        return signalled ? new ScriptEnd.Killed() : new ScriptEnd.Exited(status);
    }
}
