package org.relayd.main.daemon;

import java.util.random.RandomGenerator;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.environment.SystemEnvironment;
import org.relayd.main.lifecycle.AnnouncedPlans;
import org.relayd.main.lifecycle.Heartbeat;
import org.relayd.main.lifecycle.LogStreams;
import org.relayd.main.lifecycle.Succession;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.plans.LoadedPlan;
import org.relayd.main.plans.LocalPlans;
import org.relayd.main.plans.PlanCompiler;
import org.relayd.main.plans.PlanSource;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.log.LineSink;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.local.Kernels;
import org.relayd.runtime.parent.local.LocalRights;
import org.relayd.runtime.parent.service.Mailbox;
import org.relayd.runtime.parent.service.PassedSockets;
import org.relayd.runtime.parent.service.ServiceNotices;
import org.relayd.runtime.parent.service.linux.NotifySocket;
import org.relayd.runtime.platform.posix.SyslogSink;
import org.relayd.runtime.platform.posix.Terminal;
import org.relayd.runtime.relay.HeadStart;

/** The running relayd(8). */
public final class Daemon {
    /** Number of {@code -v} from which on debug lines are shown. */
    private static final int DEBUG = 2;

    private Daemon() {}

    /**
     * Runs until a signal or relayctl(8) ends it; without {@code -d} in another process, which outlives this call.
     *
     * @return exit status: 0 after an ordinary end or if it serves in the background, 1 if it could not start
     */
    public static int run(RelaydOptions options) {
        if (!options.foreground() && !Background.isHere()) {
            return Background.start();
        }
        if (options.takeOver()) {
            System.err.println("relayd: --take-over is for root on Linux: only there a process keeps sockets");
            return 1;
        }
        HeadStart.begin();
        try {
            OperatingSystem system = OperatingSystem.ofThisMachine();
            // Before the configuration is read: one that is changed later is read again for the SIGHUP after that.
            Signals signals = Signals.listen(system);
            // Apart from the other rights, as only a configuration tells what the kernel is to do.
            SystemEnvironment machine = new SystemEnvironment(system,
                    new LocalConfiguration.Asked(new LocalConfiguration()));
            PlanSource plans = new LocalPlans(new PlanCompiler(options, system), machine);
            serve(options, system, plans, signals);
            return 0;
        } catch (StartException refused) {
            refused.lines().forEach(line -> System.err.println("relayd: " + line));
            return 1;
        }
    }

    private static void serve(RelaydOptions options, OperatingSystem system, PlanSource plans, Signals signals)
            throws StartException {
        LoadedPlan loaded = plans.first();
        if (!options.foreground()) {
            Terminal.leave();
        }
        try (LineLog log = new LineLog(sink(options), options.verbosity() >= DEBUG)) {
            log.info("startup");
            // Before anything is started, so that a signal in between also ends with a clean kernel.
            signals.starting();
            SocketKind sockets = SocketKind.ofThisMachine();
            Rights rights = rights(loaded.plan(), system, sockets);
            if (!PassedSockets.of(System.getenv(), rights.pid()).descriptors().isEmpty()) {
                log.warn("sockets were passed and are not used: only as root there is a process that keeps sockets");
            }
            ServiceNotices notices = new ServiceNotices(mailbox(sockets), rights.pid(), log);
            RunningRoles roles = RunningRoles.start(new AnnouncedPlans(plans, notices), loaded, sockets, rights, log,
                    Succession.none());
            signals.serve(roles);
            if (!options.foreground()) {
                Background.serving();
            }
            notices.ready();
            try (Heartbeat heartbeat = new Heartbeat(notices::alive)) {
                heartbeat.ask(roles::comeAround);
                roles.awaitEnd(notices::stopping);
            }
            log.info("parent terminating, pid " + rights.pid());
        }
    }

    private static Mailbox mailbox(SocketKind sockets) {
        return switch (sockets) {
            case NATIVE -> NotifySocket.of(System.getenv());
            case PORTABLE -> Mailbox.none();
        };
    }

    /** All rights of the daemon are given out from here. */
    private static Rights rights(Plan plan, OperatingSystem system, SocketKind sockets) {
        return new LocalRights(plan.kernel().image(), RandomGenerator.getDefault(), sockets,
                Kernels.natLookup(system));
    }

    private static LineSink sink(RelaydOptions options) {
        return options.foreground() ? LogStreams.foreground() : SyslogSink.open();
    }
}
