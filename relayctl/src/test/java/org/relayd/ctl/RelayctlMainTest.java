package org.relayd.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.Checks;
import org.relayd.ir.control.ControlReply.NeedKind;
import org.relayd.ir.control.ControlReply.Rates;
import org.relayd.ir.control.ControlReply.RedirectStatus;
import org.relayd.ir.control.ControlReply.Statistics;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.term.HostState;

/** What the user of relayctl sees: bytes on both outputs and the exit status. */
class RelayctlMainTest {
    private static final Statistics NO_SESSIONS = new Statistics(0, 60, new Rates(0, 0, 0), new Rates(0, 0, 0));

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean terminal;

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return RelayctlMain.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), () -> terminal);
    }

    private int runAgainst(FakeDaemon daemon, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-s", daemon.socket().toString()));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private void expect(int status, String toOut, String toErr, int actual) {
        assertEquals(toErr, err.toString(StandardCharsets.UTF_8));
        assertEquals(toOut, out.toString(StandardCharsets.UTF_8));
        assertEquals(status, actual);
    }

    @Test
    void wrongWordsAreListedWithTheRightOnes() {
        String top = """
                valid commands/args:
                  doctor
                  monitor
                  show
                  load
                  poll
                  reload
                  stop
                  redirect
                  table
                  host
                  log
                """;
        expect(1, "", "missing argument:\n" + top, run());
        expect(1, "", "unknown argument: shew\n" + top, run("shew"));
        expect(1, "", "ambiguous argument: re\n" + top, run("re"));
        expect(1, "", """
                missing argument:
                valid commands/args:
                  summary
                  hosts
                  redirects
                  relays
                  routers
                  sessions
                  needs
                """, run("show"));
        expect(1, "", "missing argument:\nvalid commands/args:\n  disable\n  enable\n", run("host"));
        expect(1, "", "missing argument:\nvalid commands/args:\n  <hostid>\n", run("host", "disable"));
        expect(1, "", "missing argument:\nvalid commands/args:\n  <path>\n", run("load"));
        expect(1, "", "superfluous argument: now\n", run("poll", "now"));
        expect(1, "", "superfluous argument: b\n", run("table", "enable", "a", "b"));
    }

    @Test
    void wrongOptionsPrintTheUsage() {
        expect(1, "", """
                relayctl: unknown option -- x
                usage: relayctl [-s socket] command [argument ...]
                """, run("-x", "poll"));
        expect(1, "", """
                relayctl: option requires an argument -- s
                usage: relayctl [-s socket] command [argument ...]
                """, run("-s"));
    }

    @Test
    void helpListsOptionsAndCommands() {
        expect(0, """
                usage: relayctl [-s socket] command [argument ...]
                  -s socket              control socket (/var/run/relayd.sock)
                  --json                 show, monitor and doctor print JSON
                  --color=auto|always|never
                                         states in colour (auto: on a terminal)
                  --version, --help
                commands:
                  doctor
                  monitor
                  show summary|hosts|redirects|relays|routers|sessions|needs
                  load <path>
                  poll
                  reload
                  stop
                  redirect disable|enable <redirectid>
                  table disable|enable <tableid>
                  host disable|enable <hostid>
                  log verbose|brief
                See relayctl(8).
                """, "", run("--help"));
        assertEquals(0, run("--version"));
    }

    @Test
    void aDaemonThatIsNotThereIsNamed() throws Exception {
        Path missing = folder.resolve("none.sock");
        expect(1, "", "relayctl: connect: " + missing + ": No such file or directory\n",
                run("-s", missing.toString(), "poll"));
        Path file = Files.createFile(folder.resolve("file"));
        expect(1, "", "relayctl: connect: " + file + ": Connection refused\n", run("-s" + file, "poll"));
    }

    @Test
    void aPathThatIsTooLongIsRefused() {
        String path = "/" + "x".repeat(200);
        assertEquals(1, run("-s", path, "poll"));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("relayctl: connect: " + path + ": "), err::toString);
    }

    @Test
    void theSummaryHasTheLayoutThatScriptsKnow() throws Exception {
        try (FakeDaemon daemon = FakeDaemon.replying(folder,
                new ControlReply.RedirectRow(1, "www", RedirectStatus.BACKUP, Optional.empty()),
                new ControlReply.TableRow(1, "web:80", true, 0),
                new ControlReply.HostRow(1, "10.0.0.1", Optional.empty(), true, HostState.DOWN,
                        new Checks(2, 3, 1, "tcp connect timeout")),
                new ControlReply.HostRow(2, "10.0.0.2", Optional.of(1), true, HostState.UNKNOWN,
                        new Checks(0, 0, 0, "none")),
                new ControlReply.HostRow(3, "10.0.0.3", Optional.empty(), false, HostState.UP,
                        new Checks(1, 1, 0, "tcp connect ok")),
                new ControlReply.RelayRow(1, "relay", true,
                        new Statistics(7, 60, new Rates(1, 2, 3), new Rates(4, 5, 6))),
                new ControlReply.TableRow(2, "spare:8080", true, 3), new ControlReply.TableRow(3, "off:80", false, 0),
                new ControlReply.RouterRow(1, "uplinks", false, 1, Optional.empty(), List.of("0.0.0.0/0")),
                new ControlReply.Done())) {
            expect(0, """
                    Id  	Type    	Name                    	Avlblty	Status
                    1   	redirect	www                     	       	active (using backup table)
                    1   	table   	web:80                  	       	empty
                    1   	host    	10.0.0.1                	66.67% 	down
                    2   	host    	10.0.0.2 parent 1       	       	unknown
                    3   	host    	10.0.0.3                	100.00%	disabled
                    1   	relay   	relay                   	       	active
                    2   	table   	spare:8080              	       	active (3 hosts)
                    3   	table   	off:80                  	       	disabled
                    1   	router  	uplinks                 	       	disabled
                    """, "", runAgainst(daemon, "sh", "su"));
            assertEquals(new ControlRequest.Show(ControlRequest.Subject.SUMMARY), daemon.request());
        }
    }

    @Test
    void hostsRelaysAndRoutersHaveDetails() throws Exception {
        ControlReply[] rows = {
                new ControlReply.HostRow(1, "10.0.0.1", Optional.empty(), true, HostState.DOWN,
                        new Checks(2, 3, 1, "tcp connect timeout")),
                new ControlReply.HostRow(2, "10.0.0.2", Optional.empty(), true, HostState.UP,
                        new Checks(3, 3, 0, "tcp connect ok")),
                new ControlReply.RelayRow(1, "relay", true,
                        new Statistics(7, 60, new Rates(1, 2, 3), new Rates(4, 5, 6))),
                new ControlReply.RelayRow(2, "unused", true, NO_SESSIONS),
                new ControlReply.RouterRow(1, "uplinks", true, 1, Optional.of("up"),
                        List.of("0.0.0.0/0", "10.0.0.0/8")),
                new ControlReply.Done()};
        String heading = "Id  \tType    \tName                    \tAvlblty\tStatus\n";
        String host1 = "1   \thost    \t10.0.0.1                \t66.67% \tdown\n";
        String host2 = "2   \thost    \t10.0.0.2                \t100.00%\tup\n";
        String relay1 = "1   \trelay   \trelay                   \t       \tactive\n";
        String relay2 = "2   \trelay   \tunused                  \t       \tactive\n";
        String router = "1   \trouter  \tuplinks                 \t       \tactive\n";
        try (FakeDaemon daemon = FakeDaemon.replying(folder, rows)) {
            expect(0, heading + host1
                    + "\t        \ttotal: 2/3 checks, 1 retries, error: tcp connect timeout\n" + host2
                    + "\t        \ttotal: 3/3 checks\n" + relay1 + relay2 + router, "",
                    runAgainst(daemon, "show", "hosts"));
        }
        try (FakeDaemon daemon = FakeDaemon.replying(folder, rows)) {
            expect(0, heading + host1 + host2 + relay1 + "\t        \ttotal: 7 sessions\n"
                    + "\t        \tlast: 1/60s 2/h 3/d sessions\n\t        \taverage: 4/60s 5/h 6/d sessions\n" + relay2
                    + router, "", runAgainst(daemon, "show", "relays"));
        }
        try (FakeDaemon daemon = FakeDaemon.replying(folder, rows)) {
            expect(0, heading + host1 + host2 + relay1 + relay2 + router
                    + "\t        \trtable: 1\n\t        \trtlabel: up\n\t        \troute: 0.0.0.0/0\n"
                    + "\t        \troute: 10.0.0.0/8\n", "", runAgainst(daemon, "show", "routers"));
        }
    }

    @Test
    void sessionsHaveTwoLines() throws Exception {
        try (FakeDaemon daemon = FakeDaemon.replying(folder,
                new ControlReply.SessionRow(1, 7, "192.0.2.7:40112", "10.0.0.11:80", false, 3672, 3, 1, "www", 4711,
                        Optional.empty()),
                new ControlReply.SessionRow(1, 8, "192.0.2.7:40113", ":0", true, 0, 0, 2, "app", 4711,
                        Optional.of(new ControlReply.SessionTag.Mark(5))),
                new ControlReply.SessionRow(1, 9, "192.0.2.7:40114", "10.0.0.11:80", false, 0, 0, 2, "app", 4711,
                        Optional.of(new ControlReply.SessionTag.Tag(2, "api"))),
                new ControlReply.Done())) {
            expect(0, """
                    session 1:7 192.0.2.7:40112 -> 10.0.0.11:80	RUNNING
                    	age 01:01:12, idle 00:00:03, relay 1, pid 4711
                    session 1:8 192.0.2.7:40113 -> :0	DONE
                    	age 00:00:00, idle 00:00:00, relay 2, pid 4711, mark 5
                    session 1:9 192.0.2.7:40114 -> 10.0.0.11:80	RUNNING
                    	age 00:00:00, idle 00:00:00, relay 2, pid 4711, tag (id) 2
                    """, "", runAgainst(daemon, "show", "sessions"));
        }
    }

    @Test
    void commandsSayHowTheyWent() throws Exception {
        try (FakeDaemon daemon = FakeDaemon.replying(folder, new ControlReply.Done())) {
            expect(0, "command succeeded\n", "", runAgainst(daemon, "host", "dis", "10.0.0.1"));
            assertEquals(new ControlRequest.Switch(ControlRequest.Kind.HOST,
                    new ControlRequest.SwitchTarget.ByName("10.0.0.1"), false), daemon.request());
        }
        try (FakeDaemon daemon = FakeDaemon.replying(folder, new ControlReply.Failed())) {
            expect(1, "command failed\n", "", runAgainst(daemon, "table", "enable", "7"));
            assertEquals(
                    new ControlRequest.Switch(ControlRequest.Kind.TABLE, new ControlRequest.SwitchTarget.ById(7), true),
                    daemon.request());
        }
        try (FakeDaemon daemon = FakeDaemon.replying(folder, new ControlReply.Done())) {
            expect(0, "logging request sent.\n", "", runAgainst(daemon, "log", "v"));
        }
    }

    @Test
    void aRefusedReloadPrintsWhy() throws Exception {
        try (FakeDaemon daemon = FakeDaemon.replying(folder, new ControlReply.Line("relayd.conf:3: syntax error"),
                new ControlReply.Failed())) {
            expect(1, "", "relayd.conf:3: syntax error\n", runAgainst(daemon, "reload"));
        }
        try (FakeDaemon daemon = FakeDaemon.replying(folder, new ControlReply.Done())) {
            expect(0, "", "", runAgainst(daemon, "load", "/etc/other.conf"));
            assertEquals(new ControlRequest.Load("/etc/other.conf"), daemon.request());
        }
        try (FakeDaemon daemon = FakeDaemon.replying(folder, new ControlReply.Refused("another reload is under way"))) {
            expect(1, "", "relayctl: another reload is under way\n", runAgainst(daemon, "rel"));
        }
    }

    @Test
    void stopEndsWithTheConnection() throws Exception {
        try (FakeDaemon daemon = FakeDaemon.replying(folder)) {
            expect(1, "", "relayctl: pipe closed\n", runAgainst(daemon, "stop"));
        }
    }

    @Test
    void nonsenseFromTheDaemonIsRefused() throws Exception {
        try (FakeDaemon daemon = new FakeDaemon(folder, List.of(new byte[]{0x7f, 0, 0, 0}))) {
            expect(1, "", "relayctl: bad reply of 2130706432 bytes\n", runAgainst(daemon, "poll"));
        }
        try (FakeDaemon daemon = new FakeDaemon(folder, List.of(new byte[]{0, 0, 0, 2, 9, 1}))) {
            expect(1, "", "relayctl: relayctl and relayd are of different versions (protocol 9, not 2)\n",
                    runAgainst(daemon, "poll"));
        }
    }

    @Test
    void needsAreListedWithTheServiceThatHasThem() throws Exception {
        ControlReply need = new ControlReply.Need(NeedKind.FORWARDING, "inet", "redirect www", 42);
        try (FakeDaemon daemon = FakeDaemon.replying(folder, need, new ControlReply.Done())) {
            expect(0, """
                    Need          \tDetail                  \tService
                    forwarding    \tinet                    \tredirect www
                    """, "", runAgainst(daemon, "show", "needs"));
        }
        try (FakeDaemon daemon = FakeDaemon.replying(folder, need, new ControlReply.Done())) {
            expect(0, """
                    [
                     {"type":"need","need":"forwarding","detail":"inet","service":"redirect www","pid":42}
                    ]
                    """, "", runAgainst(daemon, "show", "needs", "--json"));
        }
    }

    @Test
    void theDoctorSaysFirstThatTheDaemonDoesNotAnswer() {
        Path missing = folder.resolve("none.sock");
        assertEquals(1, run("-s", missing.toString(), "doctor"));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("problem: relayd does not answer at " + missing
                + ": No such file or directory\n    relayd -n -f /etc/relayd.conf && relayd\n"), text);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals(1, run("-s", missing.toString(), "doctor", "--json"));
        String json = out.toString(StandardCharsets.UTF_8);
        assertTrue(
                json.startsWith(
                        "[\n {\"type\":\"finding\",\"severity\":\"problem\",\"text\":\"relayd does not answer at "),
                json);
    }
}
