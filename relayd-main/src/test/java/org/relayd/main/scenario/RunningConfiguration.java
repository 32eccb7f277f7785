package org.relayd.main.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.ExtensionPolicy;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.TableId;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.Dialect;
import org.relayd.main.SystemEnvironment;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.parent.LocalSockets;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.RecordingLog;
import org.relayd.runtime.relay.RelayEngine;
import org.relayd.runtime.relay.RelaySettings;
import org.relayd.runtime.relay.RelayStartException;

/** The relays of a configuration, running in this process. Every session is logged. */
final class RunningConfiguration implements AutoCloseable {
    private final RecordingLog log = new RecordingLog();
    private final RelayEngine engine;

    /**
     * Compiles and starts.
     *
     * @param isUp
     *            what health checks know about the host of that name
     */
    RunningConfiguration(String configuration, Optional<Dialect> dialect, Path folder, Predicate<String> isUp)
            throws IOException, RelayStartException {
        Path file = folder.resolve("relayd.conf");
        Files.writeString(file, configuration);
        Compilation compilation = RelaydCompiler.compile(file.toString(),
                new CompilerOptions(dialect, List.of(), ExtensionPolicy.OPT_IN), new SystemEnvironment());
        Plan plan = compilation.plan().orElseThrow(() -> new AssertionError(compilation.diagnostics().toString()));
        HostStates states = table -> index -> isUp.test(host(plan, table, index));
        engine = RelayEngine.start(plan.relays(), new RelaySettings(plan.dialect(), ConnectionLog.ALL), states, log,
                new LocalSockets(NatLookup.none()));
    }

    private static String host(Plan plan, TableId table, int index) {
        return plan.relays().paths().stream().flatMap(path -> path.select().tables().stream())
                .filter(use -> use.table().id().equals(table)).map(use -> use.table().hosts().get(index))
                .map(Host::name).findFirst().orElseThrow();
    }

    RecordingLog log() {
        return log;
    }

    @Override
    public void close() {
        engine.stop();
    }
}
