package org.relayd.main.daemon;

import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.desk.BundleMaker;
import org.relayd.main.desk.CompilingDesk;
import org.relayd.main.environment.SystemEnvironment;
import org.relayd.main.lifecycle.Succession;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.plans.BundledPlans;
import org.relayd.main.plans.LoadedPlan;
import org.relayd.main.plans.PlanCompiler;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.parent.door.Door;
import org.relayd.runtime.parent.door.KnownStates;
import org.relayd.runtime.parent.door.ListeningStore;
import org.relayd.runtime.parent.keys.KeyKeeper;
import org.relayd.runtime.parent.keys.linux.UnixStream;
import org.relayd.runtime.parent.link.linux.LinuxLine;
import org.relayd.runtime.parent.link.linux.SocketPair;
import org.relayd.runtime.parent.local.Kernels;
import org.relayd.runtime.parent.local.LocalRights;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.remote.LineParent;
import org.relayd.runtime.parent.remote.RemoteRights;
import org.relayd.runtime.parent.remote.keys.RemoteKeys;
import org.relayd.runtime.parent.remote.keys.linux.EpollLink;

/** Parent and worker in one process of tests, with all that is between them: line, door, desk, keys. */
final class BothSides implements AutoCloseable {
    private static final OperatingSystem SYSTEM = OperatingSystem.LINUX;

    /** What the parent says. */
    final RecordedLog parentLog = new RecordedLog(false);
    /** What the worker says. */
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<Report> reports = new CopyOnWriteArrayList<>();
    final ListeningStore sockets;
    private final LineLog log = new LineLog(some -> some.forEach(line -> lines.add(line.text())), true);
    private final CompilingDesk desk;
    private final LocalRights rights;
    private final Door door;
    private LineParent parent;
    private RunningRoles roles;
    private Thread server;
    private Thread worker;

    BothSides(RelaydOptions options) {
        SystemEnvironment machine = new SystemEnvironment(SYSTEM,
                new LocalConfiguration.Asked(new LocalConfiguration()));
        PlanCompiler compiler = new PlanCompiler(options, SYSTEM);
        desk = CompilingDesk.start(new BundleMaker(compiler, machine, machine, parentLog));
        rights = new LocalRights(compiler.plan(compiler.compile(options.file(), machine)).kernel().image(),
                RandomGenerator.getDefault(), SocketKind.NATIVE, Kernels.natLookup(SYSTEM));
        sockets = new ListeningStore(rights.relays(), rights.files());
        door = new Door(new Door.Parts(rights, sockets, new KnownStates(), desk,
                new KeyKeeper(UnixStream::open, parentLog, System::nanoTime), reports::add, parentLog));
    }

    /** A worker begins. */
    void begin() throws IOException, StartException {
        SocketPair pair = SocketPair.open();
        server = Thread.ofPlatform().daemon().start(() -> {
            try {
                door.serve(LinuxLine.parent(pair.parent()));
            } catch (IOException garbage) {
                parentLog.warn("garbage: " + garbage.getMessage());
            }
        });
        parent = LineParent.start(LinuxLine.worker(pair.worker()), log, _ -> {}, () -> {});
        RemoteKeys keys = new RemoteKeys(parent, EpollLink::open, EpollIoHandler.newFactory(), log, System::nanoTime);
        RemoteRights remote = new RemoteRights(parent, ProcessHandle.current().pid(), keys);
        BundledPlans plans = BundledPlans.begin(parent, remote.images(), SYSTEM);
        LoadedPlan loaded = plans.first();
        roles = RunningRoles.start(plans, loaded, SocketKind.ofThisMachine(), remote, log,
                new Succession(plans.before(), parent::say));
        plans.committed(loaded);
        parent.say(new Report.Serving());
        worker = Thread.ofPlatform().daemon().start(() -> roles.awaitEnd(() -> {}));
    }

    /** Reloads the file, as for SIGHUP. */
    void reload() {
        roles.reload();
    }

    /** Opens logs anew, as for SIGUSR1. */
    void reopen() {
        roles.reopen();
    }

    /** The worker ends as it should, and the parent goes on. */
    void end() throws InterruptedException {
        roles.stop();
        worker.join();
        parent.close();
        server.join();
    }

    /** The worker is gone from one moment to the next: whatever it still does, the parent does not hear of it. */
    void die() throws InterruptedException {
        parent.close();
        server.join();
        roles.stop(Duration.ZERO);
        worker.join();
    }

    @Override
    public void close() {
        Optional.ofNullable(parent).ifPresent(LineParent::close);
        sockets.close();
        door.close();
        desk.close();
        rights.close();
        log.close();
    }

    /** What the parent has found to be outside of the configuration. */
    List<String> refusals() {
        return parentLog.lines().stream().filter(line -> line.startsWith("worker") || line.startsWith("garbage"))
                .toList();
    }

    /** Returns a name below a folder. */
    static String in(Path folder, String name) {
        return folder.resolve(name).toString();
    }
}
