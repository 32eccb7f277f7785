package org.relayd.main.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.environment.SystemEnvironment;
import org.relayd.main.options.RelaydOptions;
import org.relayd.runtime.relay.RecordingLog;

/** relayd(8), LOGGING: what is told of relays before they run. */
class LoadedPlanTest {
    @TempDir
    private Path folder;

    private LoadedPlan load(Dialect dialect) throws IOException, StartException {
        Path file = folder.resolve("relayd.conf");
        Files.writeString(file, "relay \"r\" {\n\tlisten on 127.0.0.1 port 8080\n\tforward to 127.0.0.1 port 80\n}\n");
        RelaydOptions options = new RelaydOptions(true, false, 0, List.of(), file.toString(), Optional.of(dialect),
                new RelaydOptions.BackendOption.None(), Optional.empty(), DiagnosticStyle.HUMAN, false,
                Optional.empty(), RelaydOptions.DEFAULT_DRAIN, false);
        return new LocalPlans(new PlanCompiler(options, OperatingSystem.ofThisMachine()),
                new SystemEnvironment(OperatingSystem.ofThisMachine())).first();
    }

    @ParameterizedTest
    @CsvSource({"CURRENT, true, debug", "CURRENT, false, debug", "V5_1, true, info", "V5_1, false, debug"})
    void protocolsFollowTheirRelays(Dialect dialect, boolean foreground, String level) throws Exception {
        RecordingLog log = new RecordingLog();
        load(dialect).tellRelays(log, foreground);
        assertEquals(List.of("debug relay_privinit: adding relay r", level + " protocol -1: name default\n"
                + "\tflags: used, relay flags: \n"
                + (dialect == Dialect.CURRENT ? "\ttls session tickets: disabled\n" : "")
                + "\ttype: tcp"), log.lines());
    }
}
