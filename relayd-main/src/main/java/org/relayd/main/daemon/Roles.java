package org.relayd.main.daemon;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.HostState;
import org.relayd.main.lifecycle.DaemonEnd;
import org.relayd.main.lifecycle.StateReports;
import org.relayd.main.lifecycle.Succession;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.EngineThread;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.control.ControlClient;
import org.relayd.runtime.control.ControlServer;
import org.relayd.runtime.hce.EventLoopTime;
import org.relayd.runtime.hce.HealthCheckEngine;
import org.relayd.runtime.hce.HostView;
import org.relayd.runtime.hce.check.CheckSockets;
import org.relayd.runtime.hce.check.Checkers;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.pfe.FilterEvent;
import org.relayd.runtime.pfe.KernelPlan;
import org.relayd.runtime.pfe.PacketFilterEngine;
import org.relayd.runtime.relay.RelayEngine;
import org.relayd.runtime.relay.RelayStartException;
import org.relayd.runtime.relay.http.AnswerReader;
import org.relayd.runtime.relay.tls.RelayContexts;
import org.relayd.runtime.tls.library.TlsLibrary;

/**
 * The running roles of the daemon. Either all of them are started or none is left; they are stopped in the reverse
 * order.
 */
final class Roles {
    /** How often it is looked whether sessions that have to end have ended. */
    private static final Duration DRAIN_TURN = Duration.ofMillis(50);

    private final RelaydOptions options;
    private final Rights rights;
    private final LineLog log;
    private final Deque<Runnable> stops = new ArrayDeque<>();
    private final DaemonEnd ending;
    private final CompletableFuture<ControlDesk> desk = new CompletableFuture<>();
    private final Monitors monitors;
    private final StateReports states;
    private volatile Plan plan;
    private boolean ended;
    private final EngineThread engine;
    private final Checkers checkers;
    private final PacketFilterEngine filter;
    private final HealthCheckEngine health;
    private final ExecutorService worker = Executors.newVirtualThreadPerTaskExecutor();
    private final TlsLibrary library;
    private final RelayEngine relays;
    private final ServiceCounts counts;

    /**
     * Starts the roles. Blocks.
     *
     * @param sockets
     *            the kind of sockets that they use, and that {@code rights} gives
     * @param rights
     *            does what they may not do themselves; closed with them
     * @param succession
     *            what they go on from
     * @throws StartException
     *             if one cannot be started; then none is left
     */
    static Roles start(RelaydOptions options, Plan plan, SocketKind sockets, Rights rights, LineLog log,
            Succession succession) throws StartException {
        return new Roles(options, plan, sockets, rights, log, succession);
    }

    private Roles(RelaydOptions options, Plan plan, SocketKind sockets, Rights rights, LineLog log,
            Succession succession) throws StartException {
        Handover before = succession.before();
        states = new StateReports(succession.reports());
        before.verbose().ifPresent(log::setVerbose);
        ending = new DaemonEnd(options.drain());
        this.options = options;
        this.plan = plan;
        this.rights = rights;
        this.log = log;
        library = new TlsLibrary(log);
        monitors = new Monitors(Clock.systemUTC(), rights.pid());
        try {
            stops.push(worker::shutdownNow);
            engine = EngineThread.start(sockets);
            stops.push(engine::close);
            stops.push(rights::close);
            checkers = new Checkers(new CheckSockets(engine.loop(), sockets), rights.checks(), AnswerReader::new,
                    rights.pid(), log, library);
            stops.push(checkers::close);
            checkers.prepare(plan.health());
            plan.kernel().advice().forEach(log::warn);
            filter = new PacketFilterEngine(KernelPlan.of(plan), before, rights.kernel(), log, this::tellMonitors);
            stops.push(this::stopFilter);
            health = new HealthCheckEngine(plan.health(), before, settings(plan).healthLog(),
                    new EventLoopTime(engine.loop()),
                    RandomGenerator.getDefault(), checkers, log, List.of(states, monitors, filter));
            ControlServer control = ControlServer.open(settings(plan).controlSocket(), rights.files(), engine,
                    this::serveWhenReady);
            stops.push(control::close);
            relays = startRelays();
            counts = new ServiceCounts(relays, filter);
        } catch (IOException | StartException | RuntimeException refused) {
            stop();
            throw refused instanceof StartException why ? why
                    : new StartException(String.valueOf(refused.getMessage()));
        }
        begin();
    }

    private RelayEngine startRelays() throws StartException {
        try {
            RelayEngine started = RelayEngine.start(plan.relays(), settings(plan).relays(), health, log,
                    engine.sockets(), rights.relays(), rights.files(),
                    new RelayContexts(rights.keys(), library, System::nanoTime));
            stops.push(started::stop);
            return started;
        } catch (RelayStartException refused) {
            throw new StartException(String.valueOf(refused.getMessage()));
        }
    }

    private PlanSettings settings(Plan of) {
        return new PlanSettings(options, of);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the answer goes to the client
    private void serveWhenReady(ControlRequest request, ControlClient client) {
        desk.thenAcceptAsync(ready -> ready.serve(request, client), engine.loop());
    }

    private void begin() {
        stops.push(() -> onEngine(health::stop));
        onEngine(health::poll);
        long seconds = SessionRates.INTERVAL.toSeconds();
        Future<?> ticks = engine.loop().scheduleAtFixedRate(counts::tick, seconds, seconds, TimeUnit.SECONDS);
        stops.push(() -> ticks.cancel(false));
    }

    /** Answers relayctl(8) from now on; requests that came before have waited. */
    void serve(Reloader reloader) {
        desk.complete(new ControlDesk(this, reloader, monitors, log, worker));
    }

    /**
     * Executes another plan. What is the same in both goes on untouched. Blocks; one call at a time.
     *
     * @throws StartException
     *             if it cannot be executed; then nothing has changed
     */
    synchronized void change(Plan next) throws StartException {
        if (ended) {
            throw new StartException("relayd is about to end");
        }
        RelayEngine.PlanChange change;
        try {
            checkers.prepare(next.health());
            change = relays.prepare(next.relays(), settings(next).relays());
        } catch (IOException | RelayStartException refused) {
            throw new StartException(String.valueOf(refused.getMessage()));
        }
        next.kernel().advice().forEach(log::warn);
        advice(next).forEach(log::warn);
        onEngine(() -> {
            health.reload(next.health(), settings(next).healthLog());
            filter.reload(KernelPlan.of(next), hostStates());
            counts.renumberRedirects(plan, next);
            plan = next;
        });
        Map<RelayId, RelayId> kept = change.commit();
        onEngine(() -> counts.renumberRelays(kept));
    }

    /**
     * Says all that a successor would need to know of the present plan, whose numbers are others than before. Blocks;
     * to be called when the parent knows that this plan is executed.
     */
    void reportStates() {
        filter.settled().join();
        onEngine(() -> {
            health.tables().forEach(states::all);
            filter.redirects().forEach(states::all);
        });
    }

    /** What a reload leaves as it was at the start. */
    private List<String> advice(Plan next) {
        List<String> lines = new ArrayList<>();
        if (next.relays().prefork() != relays.loops()) {
            lines.add("prefork " + next.relays().prefork() + " takes effect at the next start");
        }
        if (!settings(next).controlSocket().equals(settings(plan).controlSocket())) {
            lines.add("socket \"" + settings(next).controlSocket() + "\" takes effect at the next start");
        }
        return lines;
    }

    private Map<HostId, HostState> hostStates() {
        return health.tables().stream().flatMap(table -> table.hosts().stream())
                .collect(Collectors.toMap(view -> view.host().id(), HostView::state));
    }

    /** Called on the thread of the packet filter, while monitors belong to the engine thread. */
    private void tellMonitors(FilterEvent event) {
        engine.loop().execute(() -> monitors.on(event));
    }

    /** Waits until the kernel has nothing of ours any more. */
    private void stopFilter() {
        try {
            filter.stop();
        } catch (InterruptedException nobodyWaitsForUs) {
            Thread.currentThread().interrupt();
        }
    }

    private void onEngine(Runnable task) {
        engine.loop().submit(task).awaitUninterruptibly();
    }

    /** Returns the number of the process that users know. */
    long pid() {
        return rights.pid();
    }

    /** Returns the plan that is executed. */
    Plan plan() {
        return plan;
    }

    /** Returns the health checks; for the engine thread. */
    HealthCheckEngine health() {
        return health;
    }

    /** Returns what runs tasks on the engine thread. */
    Executor engineLoop() {
        return engine.loop();
    }

    /** Returns who tells of what relayctl(8) switches. */
    StateReports states() {
        return states;
    }

    /** Returns the packet filter, with routes and demotion. */
    PacketFilterEngine filter() {
        return filter;
    }

    /** Returns the relays. */
    RelayEngine relays() {
        return relays;
    }

    /** Returns the rows of {@code relayctl show}; for the engine thread. */
    List<ControlReply> summary() {
        return counts.summary(plan, health.tables());
    }

    /** Returns the end, which whoever wants it asks for. */
    DaemonEnd ending() {
        return ending;
    }

    /**
     * Waits until somebody asks for the end, then for what is under way as long as that may take: no clients are
     * accepted any more, no plan is taken, and everything else goes on.
     */
    void awaitEnd() {
        ending.await();
        int left = beginToEnd();
        if (left > 0) {
            log.info("draining: " + left + (left == 1 ? " session has " : " sessions have ")
                    + text(ending.left()) + " to end");
            while (left > 0 && ending.waits(DRAIN_TURN)) {
                left = relays.drain();
            }
            if (left > 0) {
                log.info("draining: " + left + (left == 1 ? " session is" : " sessions are") + " cut off");
            }
        }
    }

    /** After a change that is under way. */
    private synchronized int beginToEnd() {
        ended = true;
        return ending.left().isZero() ? 0 : relays.drain();
    }

    private static String text(Duration time) {
        return Math.ceilDiv(time.toMillis(), 1000) + " s";
    }

    /** Stops what was started, last first, after a change that is under way. Sessions end without a line. */
    synchronized void stop() {
        ended = true;
        while (!stops.isEmpty()) {
            stops.pop().run();
        }
    }
}
