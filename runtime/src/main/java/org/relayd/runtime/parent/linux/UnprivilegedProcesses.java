package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.script.OwnProcesses;
import org.relayd.runtime.parent.script.ScriptProcesses;

/**
 * Makes check scripts of a daemon that is root processes of another user. A thread becomes that user, starts one and
 * ends; who waits for it stays root. So no thread stays here that a script could send signals to, and with it to all of
 * this process. kill(2).
 */
public final class UnprivilegedProcesses implements ScriptProcesses {
    /** What the system needs to end a process that was killed, unless a device holds it. */
    private static final Duration DEATH = Duration.ofSeconds(1);

    private final Set<ScriptProcess> running = new HashSet<>();
    /** Killed, and held by a device or a file system that does not answer. */
    private final Set<ScriptProcess> dying = new HashSet<>();
    private boolean closed;

    private UnprivilegedProcesses() {}

    /** Returns what suits the rights of this process: for root one that starts scripts as another user. */
    public static ScriptProcesses ofThisProcess() {
        return WorkerProcess.canBeMade() ? new UnprivilegedProcesses() : new OwnProcesses();
    }

    @Override
    public ScriptEnd run(ScriptRun script) throws IOException {
        ScriptProcess process = start(script);
        if (process.endsWithin(script.timeout())) {
            ended(process);
            return end(process.takeEnd());
        }
        process.kill();
        if (process.endsWithin(DEATH)) {
            process.takeEnd();
        } else {
            linger(process);
        }
        ended(process);
        return new ScriptEnd.Killed();
    }

    private synchronized ScriptProcess start(ScriptRun script) throws IOException {
        if (closed) {
            throw new IOException("relayd ends");
        }
        dying.removeIf(UnprivilegedProcesses::isGone);
        ScriptProcess process = ScriptProcess.start(script);
        running.add(process);
        return process;
    }

    private static boolean isGone(ScriptProcess process) {
        boolean gone = process.endsWithin(Duration.ZERO);
        if (gone) {
            process.takeEnd();
        }
        return gone;
    }

    private synchronized void linger(ScriptProcess process) {
        dying.add(process);
    }

    private synchronized void ended(ScriptProcess process) {
        running.remove(process);
    }

    private static ScriptEnd end(Ending ending) {
        return switch (ending) {
            case Ending.Exited(int status) -> new ScriptEnd.Exited(status);
            case Ending.Killed _ -> new ScriptEnd.Killed();
            case Ending.Unknown() -> new ScriptEnd.NotStarted("nobody knows how it ended");
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        running.forEach(ScriptProcess::kill);
    }
}
