package org.relayd.main.worker;

import io.netty.channel.epoll.EpollIoHandler;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.daemon.RunningRoles;
import org.relayd.main.lifecycle.Heartbeat;
import org.relayd.main.lifecycle.Succession;
import org.relayd.main.plans.BundledPlans;
import org.relayd.main.plans.LoadedPlan;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.log.PrefixedSink;
import org.relayd.runtime.parent.link.linux.LinuxLine;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.remote.LineParent;
import org.relayd.runtime.parent.remote.RemoteRights;
import org.relayd.runtime.parent.remote.keys.RemoteKeys;
import org.relayd.runtime.parent.remote.keys.linux.EpollLink;
import org.relayd.runtime.relay.HeadStart;
import org.relayd.runtime.worker.linux.Confinement;

/** The program of the worker. Only the parent starts it: it needs a line. */
public final class WorkerMain {
    /** Descriptor of the line. */
    private static final int LINE = 3;
    /** Number of {@code -v} from which on debug lines are shown. */
    private static final int DEBUG = 2;

    private WorkerMain() {}

    /**
     * Runs it.
     *
     * @param arguments
     *            process number of the parent
     */
    public static void main(String[] arguments) {
        int status = run(Long.parseLong(arguments[0]));
        // Nobody waits for libraries that would like to clean up.
        Runtime.getRuntime().halt(status);
    }

    private static int run(long parentPid) {
        // Before anything is read.
        Optional<String> unfiltered = confine();
        HeadStart.begin();
        try (LineLog log = new LineLog(new PrefixedSink(new FileOutputStream(FileDescriptor.err)), false)) {
            unfiltered.ifPresent(log::warn);
            Notices notices = new Notices();
            // Without the parent nobody has rights, and its successor will want the same addresses.
            LineParent parent = LineParent.start(LinuxLine.worker(LINE), log, notices,
                    () -> Runtime.getRuntime().halt(1));
            try (Heartbeat heartbeat = new Heartbeat(() -> parent.say(new Report.Alive()))) {
                serve(parent, parentPid, notices, heartbeat, log);
                return 0;
            } catch (StartException refused) {
                parent.say(Report.CannotStart.of(refused.lines()));
                return 1;
            } finally {
                parent.close();
            }
        }
    }

    private static Optional<String> confine() {
        try {
            Confinement.enter((int) ProcessHandle.current().pid());
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of("worker: " + refused.getMessage());
        }
    }

    private static void serve(LineParent parent, long parentPid, Notices notices, Heartbeat heartbeat, LineLog log)
            throws StartException {
        try (RemoteKeys keys = new RemoteKeys(parent, EpollLink::open, EpollIoHandler.newFactory(), log,
                System::nanoTime)) {
            serve(parent, new RemoteRights(parent, parentPid, keys), notices, heartbeat, log);
        }
    }

    private static void serve(LineParent parent, RemoteRights rights, Notices notices, Heartbeat heartbeat, LineLog log)
            throws StartException {
        BundledPlans plans = BundledPlans.begin(parent, rights.images(), OperatingSystem.LINUX);
        log.setVerbose(plans.options().verbosity() >= DEBUG);
        LoadedPlan loaded = plans.first();
        RunningRoles roles = RunningRoles.start(plans, loaded, SocketKind.ofThisMachine(), rights, log,
                new Succession(plans.before(), parent::say));
        plans.committed(loaded);
        heartbeat.ask(roles::comeAround);
        roles.reportStates();
        notices.serve(roles);
        parent.say(new Report.Serving());
        roles.awaitEnd(() -> {});
    }
}
