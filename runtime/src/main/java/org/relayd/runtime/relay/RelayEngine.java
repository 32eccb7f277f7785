package org.relayd.runtime.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayPath;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.Privileged;
import org.relayd.runtime.relay.http.HttpLoop;
import org.relayd.runtime.relay.udp.DnsRelay;
import org.relayd.runtime.relay.wire.Transport;

/** Executes the relays of a plan: listeners, sessions, event loops. Started once, stopped once. */
public final class RelayEngine {
    private final EngineLoops group;
    private final List<RelayLoop> loops;
    private final List<RunningRelay> relays = new ArrayList<>();
    private final List<OpenListener> listeners = new ArrayList<>();
    private final List<HttpLoop> httpLoops;
    private final Log log;
    private boolean stopped;

    private RelayEngine(EngineLoops group, Log log) {
        this.log = log;
        this.group = group;
        loops = group.loops();
        httpLoops = loops.stream().map(_ -> new HttpLoop()).toList();
    }

    /** A listener and the loop that it accepts on. */
    private record OpenListener(EventLoop loop, Transport.Listener listener) {}

    /**
     * Binds all listeners, then accepts on all of them. For each relay the debug line {@code relay_launch: running relay NAME} follows when its listener accepts.
     *
     * @param graph
     *            relays to run; everything in it must be supported, see {@link RelaySupport}
     * @throws RelayStartException
     *             if a listener cannot be bound; then none stays open
     */
    public static RelayEngine start(RelayGraph graph, RelaySettings settings, HostStates hosts, Log log,
            Privileged privileged) throws RelayStartException {
        return start(settings, hosts, log, BoundRelay.bind(graph, privileged), EngineLoops.start(graph.prefork()));
    }

    /** The same with the transport of systems other than Linux. */
    static RelayEngine startPortable(RelayGraph graph, RelaySettings settings, HostStates hosts, Log log,
            Privileged privileged) throws RelayStartException {
        return start(settings, hosts, log, BoundRelay.bind(graph, privileged), EngineLoops.portable(graph.prefork()));
    }

    private static RelayEngine start(RelaySettings settings, HostStates hosts, Log log, List<BoundRelay> bound,
            EngineLoops loops) throws RelayStartException {
        RelayEngine engine = new RelayEngine(loops, log);
        RunningRelay.SessionNumbers numbers = new RunningRelay.SessionNumbers();
        try {
            for (BoundRelay relay : bound) {
                engine.launch(relay, new RunningRelay(relay.path(), settings, hosts, log, numbers));
            }
        } catch (RelayStartException failure) {
            engine.stop();
            throw failure;
        }
        return engine;
    }

    private void launch(BoundRelay bound, RunningRelay relay) throws RelayStartException {
        relays.add(relay);
        logTables(bound.path());
        for (int i = 0; i < bound.sockets().size(); i++) {
            OpenSocket socket = bound.sockets().get(i);
            // A DNS relay has one socket; different ones use different loops.
            int number = bound.isDns() ? relays.size() % loops.size() : i;
            RelayLoop loop = loops.get(number);
            HttpLoop httpLoop = httpLoops.get(number);
            Transport.Listener listener = onLoop(loop, () -> bound.isDns() ? DnsRelay.open(relay, loop, socket)
                    : loop.transport().listen(socket, bound.path().listen().tcp(),
                            new RelayArrivals(relay, loop, httpLoop)));
            listeners.add(new OpenListener(loop.executor(), listener));
        }
        log.debug(() -> "relay_launch: running relay " + bound.path().name());
    }

    private void logTables(RelayPath path) {
        path.select().tables()
                .forEach(use -> log.info("adding " + use.table().hosts().size() + " hosts from table "
                        + use.table().name() + (use.table().check().isEmpty() ? " (no check)" : "")));
    }

    private static <T> T onLoop(RelayLoop loop, Callable<T> task) throws RelayStartException {
        Future<T> answer = loop.executor().submit(task).awaitUninterruptibly();
        if (!answer.isSuccess()) {
            throw new RelayStartException(String.valueOf(answer.cause().getMessage()));
        }
        return answer.getNow();
    }

    /** Closes listeners and sessions without session lines and ends the event loops; returns when that is done. A second call does nothing. */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        listeners.forEach(open -> open.loop().submit(() -> open.listener().close()).awaitUninterruptibly());
        loops.forEach(loop -> loop.executor().submit(() -> {
            loop.wheel().drain(Session::drop);
            loop.parking().close();
            loop.transport().close();
        }).awaitUninterruptibly());
        group.stop();
    }

    /** The open sessions, in no order. Any thread but the event loops. */
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

    /** Counters of each relay, in order of their ids. Any thread. */
    public List<RelayStatistics> statistics() {
        return relays.stream().map(RunningRelay::statistics).toList();
    }
}
