package org.relayd.runtime.parent.script;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.FailedCall;

/**
 * Runs check scripts as children of this process. Not more than {@link #AT_ONCE} run at one time, the others wait; a
 * timeout counts from the start of the script.
 */
public final class LocalScripts implements AutoCloseable {
    /** Most scripts that run at one time. */
    static final int AT_ONCE = 8;
    /** Seconds after which threads that wait for scripts end when there are none. */
    private static final long IDLE = 10;
    /** Seconds that scripts which were killed have to end. */
    private static final long PATIENCE = 5;
    /** What fails when there is no process to be had. Everything else concerns the program. */
    private static final Set<ErrorName> SHORTAGE = Set.of(ErrorName.EAGAIN, ErrorName.ENOMEM, ErrorName.ENFILE,
            ErrorName.EMFILE);

    private final ScriptProcesses processes;
    private final ExecutorService waiters;
    private volatile boolean closing;

    /** Creates it; {@code processes} is closed with it. */
    public LocalScripts(ScriptProcesses processes) {
        this.processes = processes;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(AT_ONCE, AT_ONCE, IDLE, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), Thread.ofPlatform().name("script-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        waiters = pool;
    }

    /** Runs a script; the answer comes on any thread. */
    public void run(ScriptRun run, CheckRights.ScriptAnswer answer) {
        waiters.execute(() -> answer.ended(end(run)));
    }

    /** Starts no further scripts, kills those that run, and waits a moment until all have their answer. */
    @Override
    public void close() {
        closing = true;
        processes.close();
        waiters.shutdown();
        try {
            if (!waiters.awaitTermination(PATIENCE, TimeUnit.SECONDS)) {
                // A script that nothing ends is held by the system: it waits for nobody.
                waiters.shutdownNow();
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private ScriptEnd end(ScriptRun run) {
        if (closing) {
            return new ScriptEnd.NotStarted("relayd ends");
        }
        try {
            return processes.run(run);
        } catch (IOException refused) {
            String reason = String.valueOf(refused.getMessage());
            boolean shortage = closing
                    || FailedCall.errno(refused).filter(errno -> errno.isOneOf(SHORTAGE)).isPresent();
            return shortage ? new ScriptEnd.NotStarted(reason) : new ScriptEnd.NotExecutable(reason);
        }
    }
}
