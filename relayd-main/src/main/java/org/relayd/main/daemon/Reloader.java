package org.relayd.main.daemon;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.relayd.main.plans.LoadedPlan;
import org.relayd.main.plans.PlanSource;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.log.LineLog;

/** Gives the running roles another configuration: all of it, or nothing if it is refused. Any thread. */
final class Reloader {
    private final Roles roles;
    private final PlanSource plans;
    private final LineLog log;
    /** Held by the reload that is under way. */
    private final Lock turn = new ReentrantLock();
    private final AtomicBoolean asked = new AtomicBoolean();

    /** Creates the reloader; {@code plans} are compiled as at the start. */
    Reloader(Roles roles, PlanSource plans, LineLog log) {
        this.roles = roles;
        this.plans = plans;
        this.log = log;
    }

    /**
     * Compiles a file and executes it instead of the present configuration. Blocks until that is done.
     *
     * @param file
     *            file to take this once; empty for that of the start
     * @throws StartException
     *             if it is refused, or if another reload is in progress; then nothing has changed
     */
    void reload(Optional<String> file) throws StartException {
        if (!turn.tryLock()) {
            throw new StartException("another reload is in progress");
        }
        try {
            execute(file);
        } finally {
            turn.unlock();
        }
    }

    private void execute(Optional<String> file) throws StartException {
        try {
            LoadedPlan next = plans.again(file);
            next.tellRelays(log, plans.options().foreground());
            change(next);
        } catch (StartException refused) {
            refused.lines().forEach(log::warn);
            log.warn("reload refused: the configuration is as before");
            throw refused;
        }
    }

    private void change(LoadedPlan next) throws StartException {
        try {
            roles.change(next.plan());
        } catch (StartException refused) {
            plans.abandoned(next);
            throw refused;
        }
        plans.committed(next);
        roles.reportStates();
    }

    /**
     * Reloads for SIGHUP: only the log says how that went. One that comes while another reload is under way is served
     * after it, because that one may have read the file before it was changed.
     */
    void onSignal() {
        if (asked.getAndSet(true)) {
            // The one that waits for its turn will read the file, and serves this one too.
            return;
        }
        turn.lock();
        try {
            asked.set(false);
            execute(Optional.empty());
        } catch (StartException refused) {
            // Each of its lines is in the log, and nobody else waits for them: the old configuration goes on.
        } finally {
            turn.unlock();
        }
    }
}
