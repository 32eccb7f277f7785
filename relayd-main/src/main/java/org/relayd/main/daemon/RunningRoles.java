package org.relayd.main.daemon;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.relayd.main.lifecycle.Succession;
import org.relayd.main.plans.LoadedPlan;
import org.relayd.main.plans.PlanSource;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.parent.Rights;

/** What the daemon does once it has a plan and somebody's rights, in one process or in the worker of two. */
public final class RunningRoles implements SignalDuties {
    private final Roles roles;
    private final Reloader reloader;
    private final LineLog log;
    private final long pid;

    private RunningRoles(Roles roles, Reloader reloader, LineLog log, long pid) {
        this.roles = roles;
        this.reloader = reloader;
        this.log = log;
        this.pid = pid;
    }

    /**
     * Starts it. Blocks.
     *
     * @param plans
     *            give the plans of reloads
     * @param loaded
     *            the plan to begin with
     * @param rights
     *            does what this process may not do itself; closed with it
     * @throws StartException
     *             if it cannot be started; then nothing is left
     */
    public static RunningRoles start(PlanSource plans, LoadedPlan loaded, SocketKind sockets, Rights rights,
            LineLog log,
            Succession succession) throws StartException {
        loaded.tellRelays(log, plans.options().foreground());
        Roles roles = Roles.start(plans.options(), loaded.plan(), sockets, rights, log, succession);
        Reloader reloader = new Reloader(roles, plans, log);
        roles.serve(reloader);
        return new RunningRoles(roles, reloader, log, rights.pid());
    }

    /** Says all that a successor would need to know, after the parent has heard which plan is executed. Blocks. */
    public void reportStates() {
        roles.reportStates();
    }

    @Override
    public void reload() {
        log.info("parent_sig_handler: reload requested with SIGHUP");
        reloadAsAsked();
    }

    /** Reloads for somebody who has said so in the log. Blocks. */
    public void reloadAsAsked() {
        reloader.onSignal();
    }

    @Override
    public void reopen() {
        log.debug(() -> "access logs are opened anew");
        roles.relays().reopenLogs();
    }

    @Override
    public void stop() {
        roles.ending().ask();
    }

    /**
     * Ends it, or sooner than it was to end.
     *
     * @param limit
     *            longest time for what is under way
     */
    public void stop(Duration limit) {
        roles.ending().ask(limit);
    }

    /** Returns what is done when all event loops have come around once more; never, if one of them hangs. */
    public CompletableFuture<Void> comeAround() {
        return CompletableFuture.allOf(CompletableFuture.runAsync(() -> {}, roles.engineLoop()),
                roles.relays().comeAround());
    }

    /**
     * Waits until somebody asks for the end, and ends.
     *
     * @param ending
     *            is called when somebody has asked
     */
    public void awaitEnd(Runnable ending) {
        roles.ending().await();
        ending.run();
        roles.awaitEnd();
        roles.stop();
        log.info("hce exiting, pid " + pid);
        log.info("relay exiting, pid " + pid);
    }
}
