package org.relayd.main.parent;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.daemon.Background;
import org.relayd.main.daemon.Signals;
import org.relayd.main.lifecycle.LogStreams;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.log.LineSink;
import org.relayd.runtime.parent.linux.WorkerProcess;
import org.relayd.runtime.parent.service.PassedSockets;
import org.relayd.runtime.parent.service.ServiceNotices;
import org.relayd.runtime.parent.service.linux.NotifySocket;
import org.relayd.runtime.platform.posix.SyslogSink;
import org.relayd.runtime.platform.posix.Terminal;

/** The running relayd(8) as two processes: the one of them that has rights. */
public final class ParentDaemon implements Supervisor.Watcher {
    /** Property: seconds after which a worker is killed that should have ended. One that is recorded has more to do. */
    private static final String PATIENCE = "relayd.patience";
    private static final int USUAL_PATIENCE = 10;

    private final RelaydOptions options;
    /** Why no worker came to serve. */
    private List<String> reasons = List.of();
    private final Duration patience = Duration.ofSeconds(Integer.getInteger(PATIENCE, USUAL_PATIENCE));
    private final long pid = ProcessHandle.current().pid();
    /** The daemon that this one takes over from. */
    private Optional<TakeOver> before = Optional.empty();
    /** Called when the first worker serves. */
    private Runnable opening = () -> {};
    private Optional<TakeOverDesk> desk = Optional.empty();

    private ParentDaemon(RelaydOptions options) {
        this.options = options;
    }

    /** Returns whether the daemon is two processes here: as root, where sockets can be passed to another process. */
    public static boolean isForHere() {
        return OperatingSystem.ofThisMachine() == OperatingSystem.LINUX
                && List.of("amd64", "aarch64").contains(System.getProperty("os.arch")) && WorkerProcess.canBeMade();
    }

    /**
     * Runs until a signal or relayctl(8) ends it; without {@code -d} in another process, which outlives this call.
     *
     * @return exit status: 0 after an ordinary end or if it serves in the background, 1 if it could not start, or if
     *         its workers died
     */
    public static int run(RelaydOptions options) {
        if (!options.foreground() && !Background.isHere()) {
            return Background.start();
        }
        ParentDaemon parent = new ParentDaemon(options);
        try {
            // Before the configuration is read: one that is changed later is read again for the SIGHUP after that.
            return parent.serve(Signals.listen(OperatingSystem.LINUX));
        } catch (StartException refused) {
            refused.lines().forEach(line -> System.err.println("relayd: " + line));
            return 1;
        }
    }

    private int serve(Signals signals) throws StartException {
        // Debug lines are the worker's.
        try (LineLog log = new LineLog(sink(), false)) {
            PendingEvents events = new PendingEvents();
            ServiceNotices notices = new ServiceNotices(NotifySocket.of(System.getenv()), pid, log);
            Office office = new Office(options, log, notices, report -> events.add(new Event.Said(report)));
            Supervisor supervisor = new Supervisor(new HiredWorkers(WorkerWords.command(pid), office, patience, log),
                    events, log, this, options.drain(), patience, System::nanoTime);
            // Its virtual machine starts while the configuration is compiled here.
            supervisor.begin();
            try {
                office.furnish();
                takeOver(office);
            } catch (StartException | IOException refused) {
                supervisor.dismiss();
                throw refused;
            }
            opening = () -> welcome(office, events, log);
            if (!options.foreground()) {
                Terminal.leave();
            }
            log.info("startup");
            office.adopt(PassedSockets.of(System.getenv(), pid));
            // Before the worker begins, so that a signal in between also ends with a clean kernel.
            signals.starting();
            office.open();
            signals.serve(events);
            int status = supervisor.run();
            if (!reasons.isEmpty()) {
                throw new StartException(reasons);
            }
            closeDesk(log);
            log.info("parent terminating, pid " + pid);
            return status;
        } catch (IOException refused) {
            throw new StartException(String.valueOf(refused.getMessage()));
        } finally {
            before.ifPresent(ParentDaemon::leave);
        }
    }

    /** Before anything of this daemon can be noticed. */
    private void takeOver(Office office) throws IOException {
        if (options.takeOver()) {
            TakeOver running = TakeOver.from(TakeOverDesk.of(office.controlSocket()));
            before = Optional.of(running);
            office.succeed(running);
        }
    }

    /** Without a word that this one serves the other daemon goes on. */
    private static void leave(TakeOver other) {
        try {
            other.close();
        } catch (IOException gone) {
            // It has closed its end before.
            return;
        }
    }

    /** Clients are served: the daemon before may end, and one after this may come. */
    private void welcome(Office office, PendingEvents events, LineLog log) {
        try {
            if (before.isPresent()) {
                before.get().serving();
            }
            desk = Optional.of(office.openDesk(() -> events.add(new Event.StopWanted())));
        } catch (IOException refused) {
            log.warn("take-over: " + refused.getMessage());
        }
    }

    private void closeDesk(LineLog log) {
        try {
            if (desk.isPresent()) {
                desk.get().close();
            }
        } catch (IOException refused) {
            log.warn("take-over: " + refused.getMessage());
        }
    }

    @Override
    public void serving() {
        opening.run();
        if (!options.foreground()) {
            Background.serving();
        }
    }

    @Override
    public void cannotStart(List<String> lines) {
        reasons = lines;
    }

    private LineSink sink() {
        return options.foreground() ? LogStreams.foreground() : SyslogSink.open();
    }
}
