package org.relayd.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ctl.json.JsonEvent;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.Checks;
import org.relayd.ir.control.ControlReply.Event;
import org.relayd.ir.control.ControlReply.EventKind;
import org.relayd.ir.control.ControlReply.HostRow;
import org.relayd.ir.control.ControlReply.NeedKind;
import org.relayd.ir.control.ControlReply.Rates;
import org.relayd.ir.control.ControlReply.RedirectRow;
import org.relayd.ir.control.ControlReply.RedirectStatus;
import org.relayd.ir.control.ControlReply.RelayRow;
import org.relayd.ir.control.ControlReply.RouterRow;
import org.relayd.ir.control.ControlReply.SessionRow;
import org.relayd.ir.control.ControlReply.SessionTag;
import org.relayd.ir.control.ControlReply.Statistics;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.ir.term.HostState;

/** What relayctl prints with {@code --json}: bytes, and that the manual names each member. */
class JsonTest {
    private static final Statistics COUNTS = new Statistics(7, 60, new Rates(1, 2, 3), new Rates(4, 5, 6));
    private static final String SESSIONS = "{\"total\":7,\"intervalSeconds\":60,"
            + "\"last\":{\"interval\":1,\"hour\":2,\"day\":3},\"average\":{\"interval\":4,\"hour\":5,\"day\":6}}";
    private static final Checks CHECKS = new Checks(1, 2, 0, "icmp ok");
    private static final String CHECKED = ",\"checksUp\":1,\"checks\":2,\"retries\":0,\"lastResult\":\"icmp ok\"}";
    private static final ControlReply[] ROWS = {
            new RedirectRow(1, "www", RedirectStatus.BACKUP, Optional.empty()),
            new TableRow(1, "a\"b\\\t:80", true, 2),
            new HostRow(1, "one", Optional.empty(), true, HostState.UP, CHECKS),
            new HostRow(2, "two", Optional.of(1), false, HostState.UP, CHECKS), new RelayRow(1, "r", true, COUNTS),
            new TableRow(2, "web:80", true, 0),
            new HostRow(3, "one", Optional.of(1), true, HostState.DOWN, CHECKS),
            new RouterRow(1, "up", false, 1, Optional.of("l"), List.of("10.0.0.0/8")), new ControlReply.Done()};
    private static final String TABLE1 = "{\"type\":\"table\",\"id\":1,\"name\":\"a\\\"b\\\\\\u0009:80\","
            + "\"ownerType\":\"redirect\",\"owner\":1,\"ownerName\":\"www\",\"status\":\"active\",\"hostsUp\":2}";
    private static final String HOST1 = "{\"type\":\"host\",\"id\":1,\"name\":\"one\",\"table\":1,"
            + "\"tableName\":\"a\\\"b\\\\\\u0009:80\",\"parent\":null,\"parentName\":null,\"status\":\"up\"" + CHECKED;
    private static final String HOST2 = "{\"type\":\"host\",\"id\":2,\"name\":\"two\",\"table\":1,"
            + "\"tableName\":\"a\\\"b\\\\\\u0009:80\",\"parent\":1,\"parentName\":\"one\",\"status\":\"disabled\""
            + CHECKED;
    private static final String TABLE2 = "{\"type\":\"table\",\"id\":2,\"name\":\"web:80\",\"ownerType\":\"relay\","
            + "\"owner\":1,\"ownerName\":\"r\",\"status\":\"empty\",\"hostsUp\":0}";
    private static final String HOST3 = "{\"type\":\"host\",\"id\":3,\"name\":\"one\",\"table\":2,"
            + "\"tableName\":\"web:80\",\"parent\":1,\"parentName\":\"one\",\"status\":\"down\"" + CHECKED;

    @TempDir
    private Path folder;

    private String printed(FakeDaemon daemon, int status, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> arguments = new java.util.ArrayList<>(List.of("-s", daemon.socket().toString(), "--json"));
        arguments.addAll(List.of(words));
        assertEquals(status, RelayctlMain.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream()), () -> true));
        return out.toString(StandardCharsets.UTF_8);
    }

    private String shown(String subject, ControlReply... replies) throws IOException {
        try (FakeDaemon daemon = FakeDaemon.replying(folder, replies)) {
            return printed(daemon, 0, "show", subject);
        }
    }

    @Test
    void theSummaryIsAnArrayOfAllThatIsKnown() throws Exception {
        assertEquals("[\n " + String.join(",\n ",
                "{\"type\":\"redirect\",\"id\":1,\"name\":\"www\",\"status\":\"backup\",\"sessions\":null}", TABLE1,
                HOST1, HOST2,
                "{\"type\":\"relay\",\"id\":1,\"name\":\"r\",\"status\":\"active\",\"sessions\":" + SESSIONS + "}",
                TABLE2, HOST3, "{\"type\":\"router\",\"id\":1,\"name\":\"up\",\"status\":\"disabled\",\"rtable\":1,"
                        + "\"label\":\"l\",\"routes\":[\"10.0.0.0/8\"]}")
                + "\n]\n", shown("summary", ROWS));
    }

    @Test
    void hostsSayWhereTheyBelong() throws Exception {
        try (FakeDaemon daemon = FakeDaemon.replying(folder, ROWS)) {
            assertEquals("[\n " + String.join(",\n ", TABLE1, HOST1, HOST2, TABLE2, HOST3) + "\n]\n",
                    printed(daemon, 0, "show", "hosts"));
            assertEquals(new ControlRequest.Show(Subject.SUMMARY), daemon.request());
        }
    }

    @Test
    void sessionsHaveTheNameOfTheirRelayAndTag() throws Exception {
        assertEquals("""
                [
                 {"type":"session","id":7,"process":1,"client":"192.0.2.7:4","target":null,"status":"running",\
                "ageSeconds":3,"idleSeconds":2,"relay":1,"relayName":"www","pid":47,"tag":2,"tagName":"api"},
                 {"type":"session","id":8,"process":1,"client":"192.0.2.7:5","target":"10.0.0.1:80","status":"done",\
                "ageSeconds":0,"idleSeconds":0,"relay":1,"relayName":"www","pid":47,"tag":null,"tagName":null}
                ]
                """, shown("sessions",
                new SessionRow(1, 7, "192.0.2.7:4", ":0", false, 3, 2, 1, "www", 47,
                        Optional.of(new SessionTag.Tag(2, "api"))),
                new SessionRow(1, 8, "192.0.2.7:5", "10.0.0.1:80", true, 0, 0, 1, "www", 47, Optional.empty()),
                new ControlReply.Done()));
        assertEquals("[]\n", shown("sessions", new ControlReply.Done()));
    }

    @Test
    void nothingIsPrintedWhereTheDaemonRefusesOrBreaksOff() throws Exception {
        try (FakeDaemon daemon = FakeDaemon.replying(folder, new TableRow(1, "web:80", true, 2),
                new ControlReply.Refused("not now"))) {
            assertEquals("", printed(daemon, 1, "show", "summary"));
        }
        try (FakeDaemon daemon = FakeDaemon.replying(folder, new TableRow(1, "web:80", true, 2))) {
            assertEquals("", printed(daemon, 1, "show", "summary"));
        }
    }

    @Test
    void eventsAreLines() throws Exception {
        Instant time = Instant.ofEpochSecond(1795293959L);
        try (FakeDaemon daemon = FakeDaemon.replying(folder,
                new Event(EventKind.HOST_STATUS, time, 12, 1, Optional.of("one"), false, Optional.of(HostState.DOWN)),
                new Event(EventKind.SYNC, time, 12, 0, Optional.empty(), false, Optional.empty()))) {
            assertEquals("""
                    {"type":"event","event":"host_status","time":"2026-11-21T20:45:59Z","pid":12,"object":"host",\
                    "id":1,"name":"one","status":"down"}
                    {"type":"event","event":"sync","time":"2026-11-21T20:45:59Z","pid":12,"object":null,\
                    "id":null,"name":null,"status":null}
                    """, printed(daemon, 1, "monitor"));
        }
    }

    @Test
    void theManualNamesEachMemberAndNoOther() throws Exception {
        StringBuilder all = new StringBuilder(shown("summary", ROWS));
        all.append(shown("sessions", new SessionRow(1, 7, "a", "b", false, 3, 2, 1, "www", 47, Optional.empty()),
                new ControlReply.Done()));
        all.append(shown("needs", new ControlReply.Need(NeedKind.INTERFACE, "em0", "redirect www", 4),
                new ControlReply.Done()));
        all.append(JsonEvent.line(new Event(EventKind.SYNC, Instant.EPOCH, 1, 0, Optional.empty(), false,
                Optional.empty())));
        all.append("\"severity\":\"text\":\"mend\":");
        Set<String> printed = new TreeSet<>();
        Pattern.compile("\"(\\w+)\":").matcher(all).results().forEach(member -> printed.add(member.group(1)));
        String manual = Files.readString(Path.of("").toAbsolutePath().getParent().resolve("man/relayctl.8"));
        assertTrue(manual.contains("\n.Sh JSON\n"), manual);
        String section = manual.replaceFirst("(?s).*\n\\.Sh JSON\n", "").replaceFirst("(?s)\n\\.Sh .*", "");
        Set<String> written = new TreeSet<>();
        Pattern.compile("(?m)^\\.(?:It )?Va (.*)$").matcher(section).results()
                .flatMap(line -> Pattern.compile("\\w+").matcher(line.group(1)).results())
                .forEach(word -> written.add(word.group()));
        assertEquals(printed, written);
    }
}
