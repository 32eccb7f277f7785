package org.relayd.main.daemon;

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
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.environment.SystemEnvironment;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.plans.LocalPlans;
import org.relayd.main.plans.PlanCompiler;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.hce.HealthLog;
import org.relayd.runtime.relay.session.RelaySettings;

/** relayd.conf(5), log, and relayd(8), -d. */
class PlanSettingsTest {
    @TempDir
    private Path folder;

    private PlanSettings settings(Dialect dialect, String log, boolean foreground) throws IOException, StartException {
        Path file = folder.resolve("relayd.conf");
        Files.writeString(file, log + "\nrelay \"r\" {\n\tlisten on 127.0.0.1 port 8080\n"
                + "\tforward to 127.0.0.1 port 80\n}\n");
        RelaydOptions options = new RelaydOptions(foreground, false, 0, List.of(), file.toString(),
                Optional.of(dialect), new RelaydOptions.BackendOption.None(), Optional.empty(), DiagnosticStyle.HUMAN,
                false,
                Optional.empty(), RelaydOptions.DEFAULT_DRAIN, false);
        return new PlanSettings(options,
                new LocalPlans(new PlanCompiler(options, OperatingSystem.ofThisMachine()),
                        new SystemEnvironment(OperatingSystem.ofThisMachine())).first().plan());
    }

    @ParameterizedTest
    @CsvSource({"CURRENT, '', true, NONE", "CURRENT, '', false, NONE", "CURRENT, log connection, false, ALL",
            "CURRENT, log connection errors, true, ERRORS", "CURRENT, log state changes, true, NONE",
            "V5_1, '', true, ALL", "V5_1, '', false, NONE", "V5_1, log updates, false, ALL",
            "V5_1, log all, false, ALL"})
    void sessionsThatLeaveALine(Dialect dialect, String log, boolean foreground, ConnectionLog expected)
            throws Exception {
        assertEquals(new RelaySettings(dialect, expected), settings(dialect, log, foreground).relays());
    }

    @ParameterizedTest
    @CsvSource({"CURRENT, '', true, true, false", "CURRENT, '', false, false, false",
            "CURRENT, log state changes, false, true, false", "CURRENT, log host checks, false, false, true",
            "CURRENT, log connection, false, false, false", "V5_1, '', true, true, false",
            "V5_1, '', false, false, false", "V5_1, log updates, false, true, false",
            "V5_1, log all, false, true, true"})
    void hostsThatLeaveALine(Dialect dialect, String log, boolean foreground, boolean changes, boolean checks)
            throws Exception {
        assertEquals(new HealthLog(dialect, changes, checks), settings(dialect, log, foreground).healthLog());
    }
}
