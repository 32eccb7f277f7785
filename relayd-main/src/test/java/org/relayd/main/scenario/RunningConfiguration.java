package org.relayd.main.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.TableId;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.environment.SystemEnvironment;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.local.LocalFiles;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.RecordingLog;
import org.relayd.runtime.relay.RelayEngine;
import org.relayd.runtime.relay.RelayStartException;
import org.relayd.runtime.relay.session.RelaySettings;
import org.relayd.runtime.relay.tls.RelayContexts;
import org.relayd.runtime.tls.library.TlsLibrary;

/**
 * The relays of a configuration, running in this process. Every session is logged, unless the
 * configuration says which ones.
 */
final class RunningConfiguration implements AutoCloseable {
    private static final int MOST_TRIES = 20;
    private final RecordingLog log = new RecordingLog();
    private final RelayEngine engine;
    private final int port;

    /**
     * What is around the relays.
     *
     * @param sockets
     *            the kind of their sockets
     * @param folder
     *            for the configuration
     * @param certificates
     *            what is in {@code /etc/ssl}
     */
    record World(SocketKind sockets, Path folder, Certificates certificates) {

        /** The sockets of this machine, and no certificates. */
        static World of(Path folder) {
            return new World(SocketKind.ofThisMachine(), folder, new Certificates(folder));
        }
    }

    /**
     * Compiles and starts. A port that was free may be taken a moment later by anybody; then another one is tried.
     *
     * @param configuration
     *            the text for relays that listen on a port
     * @param isUp
     *            what health checks know about the host of that name
     */
    RunningConfiguration(IntFunction<String> configuration, Optional<Dialect> dialect, World world,
            Predicate<String> isUp) throws IOException, RelayStartException {
        Optional<RelayEngine> started = Optional.empty();
        int listen = 0;
        for (int tries = 1; started.isEmpty(); tries++) {
            listen = FreePorts.next();
            try {
                started = Optional.of(start(compile(configuration.apply(listen), dialect, world), world, isUp));
            } catch (RelayStartException taken) {
                if (tries == MOST_TRIES) {
                    throw taken;
                }
            }
        }
        engine = started.get();
        port = listen;
    }

    private static Plan compile(String configuration, Optional<Dialect> dialect, World world)
            throws IOException {
        Path file = world.folder().resolve("relayd.conf");
        Files.writeString(file, configuration);
        Compilation compilation = RelaydCompiler.compile(file.toString(),
                new CompilerOptions(dialect, List.of(), ExtensionPolicy.OPT_IN),
                new SystemEnvironment(OperatingSystem.ofThisMachine(), world.certificates()));
        return compilation.plan(new BackEnd.None())
                .orElseThrow(() -> new AssertionError(compilation.diagnostics().toString()));
    }

    private RelayEngine start(Plan plan, World world, Predicate<String> isUp) throws RelayStartException {
        HostStates states = table -> index -> isUp.test(host(plan, table, index));
        ConnectionLog written = plan.globals().log().connections();
        ConnectionLog sessions = written == ConnectionLog.NONE ? ConnectionLog.ALL : written;
        SocketKind sockets = world.sockets();
        return RelayEngine.start(plan.relays(), new RelaySettings(plan.dialect(), sessions), states, log,
                sockets, new LocalSockets(sockets, NatLookup.none()),
                new LocalFiles(sockets, ProcessHandle.current().pid()),
                new RelayContexts(world.certificates(), new TlsLibrary(log), System::nanoTime));
    }

    private static String host(Plan plan, TableId table, int index) {
        return plan.relays().paths().stream().flatMap(path -> path.select().tables().stream())
                .filter(use -> use.table().id().equals(table)).map(use -> use.table().hosts().get(index))
                .map(Host::name).findFirst().orElseThrow();
    }

    /** Where the relays listen. */
    int port() {
        return port;
    }

    RecordingLog log() {
        return log;
    }

    @Override
    public void close() {
        engine.stop();
    }
}
