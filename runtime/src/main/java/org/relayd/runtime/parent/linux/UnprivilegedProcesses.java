package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.relayd.runtime.parent.script.ScriptProcesses;

/**
 * Starts the check scripts of a daemon that is root as another user. Linux keeps rights for each thread: one thread
 * gives them up and starts all scripts, which inherit what it has left. It kills them too, since root without CAP_KILL
 * may not. capabilities(7).
 */
public final class UnprivilegedProcesses implements ScriptProcesses {
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("relayd-scripts").daemon().factory());
    /** Of the thread itself. It gives rights up with the first script, because most daemons have none. */
    private boolean unprivileged;

    /** Something to do with few rights. */
    private interface Act<T> {
        T run() throws IOException;
    }

    private UnprivilegedProcesses() {}

    /** Returns what suits the rights of this process: for root a start as another user. */
    public static ScriptProcesses ofThisProcess() {
        return WorkerProcess.canBeMade() ? new UnprivilegedProcesses() : ScriptProcesses.withOwnRights();
    }

    @Override
    public Process start(ProcessBuilder script) throws IOException {
        return with(script::start);
    }

    @Override
    public void kill(Process script) {
        try {
            with(() -> {
                ScriptProcesses.killAll(script);
                return script;
            });
        } catch (IOException closing) {
            ScriptProcesses.killAll(script);
        }
    }

    private <T> T with(Act<T> act) throws IOException {
        try {
            return thread.submit(() -> {
                if (!unprivileged) {
                    ThreadRights.become(SystemUser.withoutRights());
                    unprivileged = true;
                }
                return act.run();
            }).get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException refused ? refused
                    : new IOException(failed.getCause().getMessage(), failed);
        } catch (InterruptedException | RejectedExecutionException closing) {
            throw new IOException("relayd ends", closing);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
