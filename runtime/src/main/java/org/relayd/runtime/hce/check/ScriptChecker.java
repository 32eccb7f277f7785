package org.relayd.runtime.hce.check;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.relayd.ir.term.CheckResult;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;

/**
 * Checks by a program. The program says "up" by exiting with a status above 0: its status counts good things.
 * relayd.conf(5): TABLES, {@code check script}.
 *
 * @param path
 *            the program
 * @param rights
 *            runs it
 * @param engine
 *            the engine thread
 * @param log
 *            told why a program cannot be run
 */
record ScriptChecker(String path, CheckRights rights, Executor engine, Log log) implements Checker {

    @Override
    public RunningCheck start(CheckTarget target, Consumer<CheckOutcome> done) {
        AtomicBoolean abandoned = new AtomicBoolean();
        ScriptRun run = new ScriptRun(path, target.host().name(), target.timeout());
        rights.runScript(run, end -> engine.execute(() -> {
            if (!abandoned.get()) {
                done.accept(CheckOutcome.of(judge(end)));
            }
        }));
        return () -> abandoned.set(true);
    }

    private CheckResult judge(ScriptEnd end) {
        return switch (end) {
            case ScriptEnd.Exited(int status) -> status > 0 ? CheckResult.SCRIPT_OK : CheckResult.SCRIPT_FAILED;
            case ScriptEnd.Killed() -> CheckResult.SCRIPT_FAILED;
            case ScriptEnd.NotExecutable(String reason) -> failed(reason, CheckResult.SCRIPT_FAILED);
            case ScriptEnd.NotStarted(String reason) -> failed(reason, CheckResult.ABORTED);
        };
    }

    private CheckResult failed(String reason, CheckResult result) {
        log.warn("check script " + path + ": " + reason);
        return result;
    }
}
