package org.relayd.main.daemon;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.relayd.runtime.log.LineLog;

/** Gives the running roles another configuration: all of it, or nothing if it is refused. Any thread. */
final class Reloader {
    private final Roles roles;
    private final ConfigLoader loader;
    private final LineLog log;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** Creates the reloader; {@code loader} compiles as it did at the start. */
    Reloader(Roles roles, ConfigLoader loader, LineLog log) {
        this.roles = roles;
        this.loader = loader;
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
        if (!busy.compareAndSet(false, true)) {
            throw new StartException("another reload is in progress");
        }
        try {
            roles.change(loader.loadAgain(file.orElseGet(loader.options()::file)));
        } catch (StartException refused) {
            refused.lines().forEach(log::warn);
            log.warn("reload refused: the configuration is as before");
            throw refused;
        } finally {
            busy.set(false);
        }
    }

    /** Ends the daemon for SIGTERM and SIGINT. */
    void askToStop() {
        roles.askToStop();
    }

    /** Reloads for SIGHUP: only the log says how that went. */
    void onSignal() {
        log.info("parent_sig_handler: reload requested with SIGHUP");
        try {
            reload(Optional.empty());
        } catch (StartException refused) {
            // reload has logged each of its lines, and nobody else waits for them: the old configuration goes on.
        }
    }
}
