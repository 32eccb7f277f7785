package org.relayd.runtime.parent.script;

import java.io.File;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;

/** Makes processes that have the rights of this one. */
public final class OwnProcesses implements ScriptProcesses {
    /** The JDK reports death by signal N as status 128 + N; Linux has signals up to 64. */
    private static final int SIGNALLED = 128;
    private static final int LAST_SIGNAL = 64;

    private final Set<Process> running = new HashSet<>();
    private boolean closed;

    @Override
    public ScriptEnd run(ScriptRun script) throws IOException {
        Process process = start(script);
        try {
            if (process.waitFor(script.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                return end(process.exitValue());
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } finally {
            ended(process);
        }
        kill(process);
        return new ScriptEnd.Killed();
    }

    private synchronized Process start(ScriptRun script) throws IOException {
        if (closed) {
            throw new IOException("relayd ends");
        }
        Process process = new ProcessBuilder(script.path(), script.host()).directory(new File("/")).inheritIO()
                .start();
        running.add(process);
        return process;
    }

    private synchronized void ended(Process process) {
        running.remove(process);
    }

    private static ScriptEnd end(int status) {
        boolean signalled = status > SIGNALLED && status <= SIGNALLED + LAST_SIGNAL;
        return signalled ? new ScriptEnd.Killed() : new ScriptEnd.Exited(status);
    }

    private static void kill(Process script) {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
    }

    @Override
    public synchronized void close() {
        closed = true;
        running.forEach(OwnProcesses::kill);
    }
}
