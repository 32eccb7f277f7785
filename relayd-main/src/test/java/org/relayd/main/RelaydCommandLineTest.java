package org.relayd.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.term.Dialect;
import org.relayd.main.RelaydCommandLine.Request;
import org.relayd.main.options.RelaydOptions;

class RelaydCommandLineTest {

    @Test
    void flagsMayBeClusteredAndValuesMayFollowInTheSameWord() throws UsageException {
        RelaydOptions options = options("-dvnv", "-Da=b=c", "-D", "x=y", "-frelayd.conf");
        assertEquals(new RelaydOptions(true, true, 2, List.of("a=b=c", "x=y"), "relayd.conf", Optional.empty(),
                new RelaydOptions.BackendOption.Auto(), Optional.empty(), DiagnosticStyle.HUMAN, false,
                Optional.empty(), Duration.ofSeconds(5), false),
                options);
    }

    @Test
    void theTimeForSessionsToEndIsRead() throws UsageException {
        assertEquals(Duration.ZERO, options("--drain", "0").drain());
        assertEquals(Duration.ofDays(1), options("--drain=86400").drain());
        for (String wrong : List.of("", "-1", "1s", "86401", "999999999999")) {
            assertThrows(UsageException.class, () -> options("--drain", wrong), wrong);
        }
    }

    @Test
    void longOptionsAreRead() throws UsageException {
        RelaydOptions options = options("-n", "--dialect", "5.1", "--backend=record:calls.txt", "--socket", "s.sock",
                "--diagnostics",
                "json", "-W", "error", "--environment", "e.json");
        assertEquals(Optional.of(Dialect.V5_1), options.dialect());
        assertEquals(new RelaydOptions.BackendOption.RecordTo("calls.txt"), options.backend());
        assertEquals(Optional.of("s.sock"), options.socket());
        assertEquals(DiagnosticStyle.JSON, options.diagnostics());
        assertEquals(true, options.warningsAreErrors());
        assertEquals(Optional.of("e.json"), options.environment());
        assertEquals(RelaydOptions.DEFAULT_FILE, options.file());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "-f", "operand", "--dialect=4.0", "--backend=ipfw", "--backend=record:",
            "--diagnostics=loud", "-Wall",
            "--environment=e.json"})
    void wrongWordsAreRefused(String word) {
        assertThrows(UsageException.class, () -> RelaydCommandLine.parse(new String[]{word}));
    }

    @Test
    void theSocketOfTheCommandLineBeatsThatOfTheFile() throws UsageException {
        assertEquals("a.sock", options("--socket", "a.sock").controlSocket(Optional.of("b.sock")));
        assertEquals("b.sock", options("-n").controlSocket(Optional.of("b.sock")));
        assertEquals("/var/run/relayd.sock", options("-n").controlSocket(Optional.empty()));
    }

    @Test
    void aControlSocketThatNobodyCouldConnectToIsRefused() throws UsageException {
        String longest = "/".repeat(107);
        assertEquals(Optional.of(longest), options("--socket", longest).socket());
        assertThrows(UsageException.class, () -> options("--socket", longest + "s"));
    }

    private static RelaydOptions options(String... words) throws UsageException {
        return assertInstanceOf(Request.Run.class, RelaydCommandLine.parse(words)).options();
    }
}
