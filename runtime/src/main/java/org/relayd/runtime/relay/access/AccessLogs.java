package org.relayd.runtime.relay.access;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.relayd.ir.config.AccessLog;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayPath;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.FileRights;

/**
 * The access logs of the daemon. A log is open as long as a relay uses it, the relays of former plans included whose
 * sessions still go on. Any thread.
 */
public final class AccessLogs {
    private final FileRights files;
    private final Log log;
    private final Map<AccessLog, Shared> open = new HashMap<>();

    /**
     * Begins without logs.
     *
     * @param files
     *            opens them
     * @param log
     *            is told what goes wrong with them
     */
    public AccessLogs(FileRights files, Log log) {
        this.files = files;
        this.log = log;
    }

    /** A log and the number of relays that use it. */
    private static final class Shared {
        private final AccessLogWriter writer;
        private int relays;

        Shared(AccessLogWriter writer) {
            this.writer = writer;
        }
    }

    /** Returns the access log that a relay is to write, if any. */
    public static Optional<AccessLog> of(RelayPath path) {
        return switch (path.inspect()) {
            case RelayNode.Inspect.Http http -> http.settings().accessLog();
            case RelayNode.Inspect.Copy _,RelayNode.Inspect.Dns _ -> Optional.empty();
        };
    }

    /**
     * Opens the files of another plan that are not open yet. Nothing else changes. Blocks; one change at a time.
     *
     * @throws IOException
     *             if one cannot be opened, with words for the user; then none of them stays open
     */
    public LogChange prepare(RelayGraph next) throws IOException {
        LogChange change = new LogChange();
        for (AccessLog missing : missing(next, change)) {
            try {
                change.opened.put(missing, AccessLogFile.open(missing.file(), files));
            } catch (IOException refused) {
                change.abandon();
                throw new IOException("access log " + missing.file() + ": " + refused.getMessage(), refused);
            }
        }
        return change;
    }

    /**
     * Returns the logs that are not open; the others are held, so that the last relay of a former plan
     * does not end them meanwhile.
     */
    private synchronized Set<AccessLog> missing(RelayGraph next, LogChange change) {
        Set<AccessLog> wanted = next.paths().stream().flatMap(path -> of(path).stream()).collect(Collectors.toSet());
        for (AccessLog settings : wanted) {
            if (open.containsKey(settings)) {
                open.get(settings).relays++;
                change.held.add(settings);
            }
        }
        wanted.removeAll(change.held);
        return wanted;
    }

    /**
     * Files that another plan needs: either {@link #commit} and, when its relays use them, {@link #settle} follow, or
     * {@link #abandon}.
     */
    public final class LogChange {
        private final Map<AccessLog, AccessLogFile> opened = new HashMap<>();
        private final List<AccessLog> held = new ArrayList<>();

        private LogChange() {}

        /** Closes them again. */
        public void abandon() {
            settle();
            for (AccessLogFile file : opened.values()) {
                try {
                    file.discard();
                } catch (IOException failure) {
                    log.warn("access log " + file.path() + ": " + failure.getMessage());
                }
            }
        }

        /** The relays use what they need: what none uses ends. */
        public void settle() {
            held.forEach(AccessLogs.this::leave);
            held.clear();
        }

        /**
         * Begins to write them; those that were open before follow their names, as a reload is what rotations ask for.
         */
        public void commit() {
            synchronized (AccessLogs.this) {
                reopen();
                opened.forEach((settings, file) -> {
                    AccessLogWriter writer = new AccessLogWriter(settings, file, log);
                    writer.start();
                    open.put(settings, new Shared(writer));
                });
            }
        }
    }

    /** Lets all files follow their names, as after a rotation. Does not wait. */
    public synchronized void reopen() {
        open.values().forEach(shared -> shared.writer.reopen());
    }

    /** Returns the log of a relay, which has one user more until {@link #release}. */
    public synchronized Optional<AccessLogWriter> use(RelayPath path) {
        return of(path).map(settings -> {
            Shared shared = open.get(settings);
            shared.relays++;
            return shared.writer;
        });
    }

    /** The log of a relay has one user less; without any it ends once all is written. */
    public void release(RelayPath path) {
        of(path).ifPresent(this::leave);
    }

    private synchronized void leave(AccessLog settings) {
        Shared shared = open.get(settings);
        if (shared != null && --shared.relays == 0) {
            open.remove(settings);
            shared.writer.end();
        }
    }

    /** Writes all entries and closes all files. Blocks. */
    public synchronized void close() {
        open.values().forEach(shared -> shared.writer.end());
        open.values().forEach(shared -> shared.writer.close());
        open.clear();
    }
}
