package org.relayd.runtime.relay;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayDiff;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayPath;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.Log;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.relay.ServedRelay.Door;
import org.relayd.runtime.relay.access.AccessLogs;
import org.relayd.runtime.relay.http.HttpLoop;
import org.relayd.runtime.relay.session.RelayLoop;
import org.relayd.runtime.relay.session.RelaySettings;
import org.relayd.runtime.relay.session.RelayStatistics;
import org.relayd.runtime.relay.session.RelayTls;
import org.relayd.runtime.relay.session.RunningRelay;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionView;
import org.relayd.runtime.relay.tls.RelayContexts;
import org.relayd.runtime.relay.udp.DnsRelay;
import org.relayd.runtime.relay.wire.KeptLimit;
import org.relayd.runtime.tls.TlsException;

/**
 * Executes the relays of a plan: listeners, sessions, event loops. Started once, stopped once; in between it can be
 * given other plans: {@link #prepare} does what may fail and changes nothing, {@link PlanChange#commit} the rest.
 */
public final class RelayEngine {
    /** Nanoseconds for the last session of a relay that was replaced to write its entry before the access log ends. */
    private static final long LOG_SLACK = TimeUnit.SECONDS.toNanos(5);
    /** How often it is seen to that ticket keys are not too old. */
    private static final long TICKET_TURN = TimeUnit.MINUTES.toNanos(5);

    private final EngineLoops group;
    private final List<RelayLoop> loops;
    private final List<HttpLoop> httpLoops;
    private final HostStates hosts;
    private final Log log;
    private final RelayRights rights;
    private final AccessLogs accessLogs;
    private final RelayContexts contexts;
    private final RunningRelay.SessionNumbers numbers = new RunningRelay.SessionNumbers();
    private volatile List<ServedRelay> served = List.of();
    private RelayGraph graph;
    private RelaySettings settings;
    private int opened;
    private boolean toldUnheeded;
    private boolean draining;
    private boolean stopped;

    private RelayEngine(EngineLoops group, RelayGraph first, RelaySettings settings, HostStates hosts, Log log,
            RelayRights rights, FileRights files, RelayContexts contexts) {
        this.group = group;
        this.contexts = contexts;
        this.settings = settings;
        this.hosts = hosts;
        this.log = log;
        this.rights = rights;
        accessLogs = new AccessLogs(files, log);
        graph = new RelayGraph(first.prefork(), List.of());
        loops = group.loops();
        httpLoops = loops.stream().map(_ -> new HttpLoop()).toList();
    }

    /**
     * Binds all listeners, then accepts on all of them. For each relay the debug line {@code relay_launch: running
     * relay NAME} follows when its listener accepts.
     *
     * @param graph
     *            relays to run; everything in it must be supported, see {@link RelaySupport}
     * @param hosts
     *            states of the hosts of its tables, and later of those of the plans that follow
     * @param sockets
     *            the kind of sockets that {@code rights} gives
     * @param rights
     *            opens sockets
     * @param files
     *            opens access logs
     * @param contexts
     *            what relays speak TLS by
     * @throws RelayStartException
     *             if a listener cannot be bound; then none stays open
     */
    public static RelayEngine start(RelayGraph graph, RelaySettings settings, HostStates hosts, Log log,
            SocketKind sockets, RelayRights rights, FileRights files, RelayContexts contexts)
            throws RelayStartException {
        return start(EngineLoops.start(sockets, graph.prefork(), KeptLimit.ofProcess(log)), graph, settings, hosts, log,
                rights, files, contexts);
    }

    /** The same on loops that have been started. */
    static RelayEngine start(EngineLoops loops, RelayGraph graph, RelaySettings settings, HostStates hosts, Log log,
            RelayRights rights, FileRights files, RelayContexts contexts) throws RelayStartException {
        return start(graph, new RelayEngine(loops, graph, settings, hosts, log, rights, files, contexts));
    }

    private static RelayEngine start(RelayGraph graph, RelayEngine engine) throws RelayStartException {
        try {
            engine.prepare(graph, engine.settings).commit();
            engine.turnTickets();
        } catch (RelayStartException | RuntimeException failure) {
            engine.stop();
            throw failure;
        }
        return engine;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
    private void turnTickets() {
        loops.getFirst().executor().scheduleAtFixedRate(contexts::turn, TICKET_TURN, TICKET_TURN,
                TimeUnit.NANOSECONDS);
    }

    /**
     * Binds what another plan needs beyond the present one. Nothing else changes yet. Blocks; one change at a time.
     *
     * @param next
     *            relays to run; the number of event loops stays as it is
     * @throws RelayStartException
     *             if a listener cannot be bound, an access log cannot be opened, or a certificate or key is no good;
     *             then everything is as before
     */
    public PlanChange prepare(RelayGraph next, RelaySettings nextSettings) throws RelayStartException {
        RelayContexts.Change keys = prepareKeys(next);
        RelayDiff diff = RelayDiff.between(graph, next, settings.dialect() == nextSettings.dialect(),
                contexts.prints(), keys.prints());
        make(keys, diff, nextSettings);
        List<RelayPath> missing = diff.steps().stream().filter(RelayDiff.Step.Opened.class::isInstance)
                .map(RelayDiff.Step::after).toList();
        Set<Port> own = served.stream().map(running -> running.relay().path().listen().port())
                .collect(Collectors.toSet());
        Optional<AccessLogs.LogChange> logs = Optional.empty();
        try {
            logs = Optional.of(prepareLogs(next));
            return new PlanChange(next, nextSettings, diff, BoundRelay.bind(missing, group, own, rights), logs.get(),
                    keys);
        } catch (RelayStartException refused) {
            logs.ifPresent(AccessLogs.LogChange::abandon);
            keys.abandon();
            throw refused;
        }
    }

    private RelayContexts.Change prepareKeys(RelayGraph next) throws RelayStartException {
        try {
            return contexts.prepare(next);
        } catch (TlsException refused) {
            throw new RelayStartException(refused.getMessage());
        }
    }

    private static void make(RelayContexts.Change keys, RelayDiff diff, RelaySettings settings)
            throws RelayStartException {
        try {
            keys.make(diff, settings.dialect());
        } catch (TlsException refused) {
            throw new RelayStartException(refused.getMessage());
        }
    }

    private AccessLogs.LogChange prepareLogs(RelayGraph next) throws RelayStartException {
        try {
            return accessLogs.prepare(next);
        } catch (IOException refused) {
            throw new RelayStartException(refused.getMessage());
        }
    }

    /** A change of plans that is ready: either {@link #commit} or {@link #abandon} follows. */
    public final class PlanChange {
        private final RelayGraph next;
        private final RelaySettings nextSettings;
        private final RelayDiff diff;
        private final Map<RelayPath, BoundRelay> bound;
        private final AccessLogs.LogChange logs;
        private final RelayContexts.Change keys;

        private PlanChange(RelayGraph next, RelaySettings nextSettings, RelayDiff diff, List<BoundRelay> bound,
                AccessLogs.LogChange logs, RelayContexts.Change keys) {
            this.logs = logs;
            this.keys = keys;
            this.next = next;
            this.nextSettings = nextSettings;
            this.diff = diff;
            this.bound = bound.stream().collect(Collectors.toMap(BoundRelay::path, relay -> relay));
        }

        /** Closes what was bound. */
        public void abandon() {
            bound.values().forEach(BoundRelay::close);
            logs.abandon();
            keys.abandon();
        }

        /**
         * Executes the new plan. Relays that do the same go on untouched. What is under way at the others goes on as it
         * began until it is over or idle; the next request of an HTTP client is for the new relay, and where there is
         * none its connection ends. Blocks; the host states must be those of the new plan.
         *
         * @return the new number of each relay that goes on untouched, by its old one
         */
        public Map<RelayId, RelayId> commit() {
            logs.commit();
            keys.commit();
            Map<RelayPath, ServedRelay> before = served.stream()
                    .collect(Collectors.toMap(running -> running.relay().path(), running -> running));
            List<ServedRelay> after = new ArrayList<>();
            Map<RelayId, RelayId> kept = new HashMap<>();
            List<RelayTls> superseded = new ArrayList<>();
            for (RelayDiff.Step step : diff.steps()) {
                after.add(switch (step) {
                    case RelayDiff.Step.Kept(RelayPath old, RelayPath path) -> keep(before.get(old), path, kept);
                    case RelayDiff.Step.Rekeyed(RelayPath old, RelayPath path) -> {
                        superseded.add(rekey(before.get(old).relay(), path));
                        yield keep(before.get(old), path, kept);
                    }
                    case RelayDiff.Step.Replaced(RelayPath old, RelayPath path) -> replace(before.get(old), path);
                    case RelayDiff.Step.Opened(RelayPath path) -> launch(bound.get(path));
                });
            }
            diff.gone().forEach(path -> {
                before.get(path).close();
                endIdle(before.get(path).relay());
                retire(before.get(path).relay());
            });
            closeAfterThisTurn(superseded);
            logs.settle();
            served = List.copyOf(after);
            graph = next;
            settings = nextSettings;
            return kept;
        }

        private ServedRelay keep(ServedRelay running, RelayPath path, Map<RelayId, RelayId> kept) {
            kept.put(running.relay().path().id(), path.id());
            running.relay().adopt(path, nextSettings, hosts);
            return running;
        }

        private RelayTls rekey(RunningRelay relay, RelayPath path) {
            RelayTls before = relay.tls();
            relay.tls(keys.of(path));
            log.info("relay " + path.name() + ": certificates reloaded");
            return before;
        }

        private ServedRelay replace(ServedRelay old, RelayPath path) {
            announce(path);
            ServedRelay replaced = old.handTo(running(path));
            retire(old.relay());
            log.debug(() -> "relay_launch: running relay " + path.name());
            return replaced;
        }

        private RunningRelay running(RelayPath path) {
            RunningRelay made = new RunningRelay(path, nextSettings, hosts, log, numbers, rights,
                    accessLogs.use(path));
            made.tls(keys.of(path));
            return made;
        }

        private ServedRelay launch(BoundRelay relay) {
            announce(relay.path());
            RunningRelay running = running(relay.path());
            List<Door> doors = new ArrayList<>();
            opened++;
            for (int i = 0; i < relay.sockets().size(); i++) {
                // A DNS relay has one socket; different ones use different loops.
                int number = relay.path().isDns() ? opened % loops.size() : i;
                OpenSocket socket = relay.sockets().get(i);
                doors.add(onLoop(loops.get(number), () -> door(running, number, socket)));
            }
            log.debug(() -> "relay_launch: running relay " + relay.path().name());
            return new ServedRelay(running, doors);
        }
    }

    private Door door(RunningRelay relay, int number, OpenSocket socket) throws IOException {
        RelayLoop loop = loops.get(number);
        if (relay.path().isDns()) {
            DnsRelay listener = DnsRelay.open(relay, loop, socket);
            return new Door(loop.executor(), listener, listener::hand, () -> {}, () -> {});
        }
        RelayArrivals arrivals = new RelayArrivals(relay, loop, httpLoops.get(number));
        return new Door(loop.executor(),
                loop.transport().listen(socket, relay.path().listen().tcp(), arrivals), arrivals::hand,
                arrivals::drain, arrivals::end);
    }

    private void announce(RelayPath path) {
        if (!toldUnheeded) {
            List<String> unheeded = RelaySupport.unheeded(path);
            unheeded.forEach(log::warn);
            toldUnheeded = !unheeded.isEmpty();
        }
        path.select().tables()
                .forEach(use -> log.info("adding " + use.table().hosts().size() + " hosts from table "
                        + use.table().name() + (use.table().check().isEmpty() ? " (no check)" : "")));
    }

    /** Sessions of a relay that has no successor end if nothing is under way. */
    private void endIdle(RunningRelay relay) {
        loops.forEach(loop -> loop.executor()
                .execute(() -> loop.wheel().all(session -> session.relay() == relay).forEach(Session::retire)));
    }

    /** A loop may have asked for one a moment ago and be about to use it. */
    private void closeAfterThisTurn(List<RelayTls> superseded) {
        if (!superseded.isEmpty()) {
            loops.forEach(loop -> loop.executor().submit(() -> {}).awaitUninterruptibly());
            superseded.forEach(RelayTls::close);
        }
    }

    /** Its sessions go on until they end by themselves; they may still write to its access log. */
    @SuppressWarnings("FutureReturnValueIgnored") // when the loops end the access logs end too
    private void retire(RunningRelay relay) {
        RelayPath path = relay.path();
        relay.retire(() -> {
            relay.tls().close();
            loops.getFirst().executor().schedule(() -> accessLogs.release(path), LOG_SLACK, TimeUnit.NANOSECONDS);
        });
    }

    private static <T> T onLoop(RelayLoop loop, Callable<T> task) {
        Future<T> answer = loop.executor().submit(task).awaitUninterruptibly();
        if (!answer.isSuccess()) {
            throw new IllegalStateException("a bound socket turned out unusable", answer.cause());
        }
        return answer.getNow();
    }

    /**
     * Accepts no further clients, and ends the sessions that rest. What is under way goes on; to be called again and
     * again until nothing is, or until nobody wants to wait any longer: {@link #stop} follows. Blocks for a moment.
     *
     * @return sessions that are open
     */
    public synchronized int drain() {
        if (!draining) {
            draining = true;
            served.forEach(ServedRelay::finish);
        }
        return Draining.turn(loops);
    }

    /** Returns what is done when every event loop has come around once more; never, if one of them hangs. */
    public CompletableFuture<Void> comeAround() {
        return CompletableFuture.allOf(loops.stream().map(loop -> CompletableFuture.runAsync(() -> {}, loop.executor()))
                .toArray(CompletableFuture[]::new));
    }

    /**
     * Closes listeners, lets sessions end whose sides have closed, closes the others without session lines, and ends
     * the event loops; returns when that is done. A second call does nothing.
     */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        served.forEach(ServedRelay::close);
        LastTurns.of(loops);
        loops.forEach(loop -> loop.executor().submit(() -> {
            loop.wheel().drain(Session::drop);
            loop.parking().close();
            loop.transport().close();
        }).awaitUninterruptibly());
        group.stop();
        served.forEach(running -> running.relay().tls().close());
        contexts.close();
        accessLogs.close();
    }

    /** Opens the access logs anew whose names belong to other files now. Any thread; does not wait. */
    public void reopenLogs() {
        accessLogs.reopen();
    }

    /** Returns the open sessions, in no order. Any thread but the event loops. */
    public List<SessionView> sessions() {
        List<SessionView> views = new ArrayList<>();
        for (RelayLoop loop : loops) {
            List<SessionView> ofLoop = new ArrayList<>();
            if (loop.executor().submit(() -> loop.wheel().forEach(session -> ofLoop.add(session.view())))
                    .awaitUninterruptibly().isSuccess()) {
                views.addAll(ofLoop);
            }
        }
        return List.copyOf(views);
    }

    /** Returns the number of event loops, which no other plan changes. */
    public int loops() {
        return loops.size();
    }

    /** Counters of each relay, in order of their ids. Any thread. */
    public List<RelayStatistics> statistics() {
        return served.stream().map(running -> running.relay().statistics()).toList();
    }
}
