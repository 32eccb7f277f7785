package org.relayd.runtime.relay;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.local.LocalFiles;
import org.relayd.runtime.parent.local.LocalKeys;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.session.RelaySettings;
import org.relayd.runtime.relay.tls.RelayContexts;
import org.relayd.runtime.tls.library.TlsLibrary;
import org.relayd.runtime.relay.wire.KeptLimit;

/** An engine on loopback for one test, with every host usable unless told otherwise. */
public final class RunningEngine implements AutoCloseable {
    private final RecordingLog log = new RecordingLog();
    private final RelayEngine engine;

    private RunningEngine(RelaySettings settings, HostStates states, List<Paths> paths, EngineLoops loops,
            RelayRights rights, RelayContexts contexts) throws RelayStartException {
        List<RelayPath> built = new ArrayList<>();
        for (Paths path : paths) {
            built.add(path.build("r" + (built.size() + 1), built.size() + 1));
        }
        RelayGraph graph = new RelayGraph(1, built);
        engine = RelayEngine.start(loops, graph, settings, states, log, rights,
                new LocalFiles(SocketKind.ofThisMachine(), ProcessHandle.current().pid()), contexts);
    }

    /** Starts relays of the current dialect that log every session. */
    public static RunningEngine of(Paths... paths) throws RelayStartException {
        return with(new LocalSockets(SocketKind.ofThisMachine(), NatLookup.none()), paths);
    }

    /** Starts relays of the current dialect on the transport of other systems. */
    public static RunningEngine portable(Paths... paths) throws RelayStartException {
        return on(EngineLoops.start(SocketKind.PORTABLE, 1, KeptLimit.none()),
                new LocalSockets(SocketKind.PORTABLE, NatLookup.none()),
                paths);
    }

    /** Starts relays of the current dialect on any loops. */
    static RunningEngine on(EngineLoops loops, RelayRights rights, Paths... paths) throws RelayStartException {
        return on(loops, rights, contexts(), paths);
    }

    /** Starts relays of the current dialect on any loops, with contexts made in any way. */
    static RunningEngine on(EngineLoops loops, RelayRights rights, RelayContexts contexts, Paths... paths)
            throws RelayStartException {
        return new RunningEngine(new RelaySettings(Dialect.CURRENT, ConnectionLog.ALL), _ -> _ -> true, List.of(paths),
                loops, rights, contexts);
    }

    private static RelayContexts contexts() {
        return new RelayContexts(new LocalKeys(), new TlsLibrary(new RecordingLog()), System::nanoTime);
    }

    /** Starts relays whose rights acts are done by the test. */
    public static RunningEngine with(RelayRights rights, Paths... paths) throws RelayStartException {
        return on(EngineLoops.start(SocketKind.ofThisMachine(), 1, KeptLimit.none()), rights, paths);
    }

    /** Starts relays with other settings or host states. */
    public static RunningEngine of(RelaySettings settings, HostStates states, Paths... paths)
            throws RelayStartException {
        return new RunningEngine(settings, states, List.of(paths),
                EngineLoops.start(SocketKind.ofThisMachine(), 1, KeptLimit.none()),
                new LocalSockets(SocketKind.ofThisMachine(), NatLookup.none()), contexts());
    }

    /** Starts relays on the transport of this system or on that of others. */
    public static RunningEngine of(SocketKind kind, RelaySettings settings, Paths... paths)
            throws RelayStartException {
        return new RunningEngine(settings, _ -> _ -> true, List.of(paths), EngineLoops.start(kind, 1, KeptLimit.none()),
                new LocalSockets(kind, NatLookup.none()), contexts());
    }

    /** What was logged. */
    public RecordingLog log() {
        return log;
    }

    /** The engine. */
    public RelayEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.stop();
    }
}
