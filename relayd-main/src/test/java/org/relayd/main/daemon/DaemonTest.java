package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.HostRow;
import org.relayd.ir.control.ControlReply.RelayRow;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.control.ControlRequest.Kind;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.ir.control.ControlRequest.SwitchTarget;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.FreePorts;

/** The whole daemon in a process of its own, from the file to the exit status. */
class DaemonTest {
    @TempDir
    private Path folder;

    private static String balanced(int listen, int target) {
        return """
                interval 3
                timeout 2500
                table <web> { 127.0.0.1 127.0.0.2 127.0.0.3 }
                relay www {
                        listen on 127.0.0.1 port %d
                        forward to <web> port %d check tcp
                }
                """.formatted(listen, target);
    }

    private static String get(int port) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/").toURL()
                .openConnection();
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(10_000);
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Map<String, Integer> get(int port, int times) throws IOException {
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < times; i++) {
            answers.merge(get(port), 1, Integer::sum);
        }
        return answers;
    }

    private static void awaitState(DaemonProcess relayd, String host, String change) {
        relayd.await(host + " " + change, () -> relayd.lines().stream()
                .anyMatch(line -> line.startsWith("host " + host + ", check tcp (")
                        && line.contains(", state " + change)));
    }

    @Test
    void requestsAreSpreadOverTheHostsThatAreUp() throws Exception {
        int listen = FreePorts.next();
        NamedOrigin first = NamedOrigin.start("127.0.0.1", 0);
        try (NamedOrigin second = NamedOrigin.start("127.0.0.2", first.port());
                NamedOrigin third = NamedOrigin.start("127.0.0.3", first.port());
                DaemonProcess relayd = DaemonProcess.start(folder, balanced(listen, second.port()))) {
            relayd.await("startup");
            relayd.await("adding 3 hosts from table web:" + third.port());
            relayd.await("relay_launch: running relay www");
            awaitState(relayd, "127.0.0.1", "unknown -> up");
            awaitState(relayd, "127.0.0.2", "unknown -> up");
            awaitState(relayd, "127.0.0.3", "unknown -> up");
            assertEquals(Map.of("127.0.0.1", 10, "127.0.0.2", 10, "127.0.0.3", 10), get(listen, 30));

            first.close();
            awaitState(relayd, "127.0.0.1", "up -> down");
            assertEquals(Map.of("127.0.0.2", 10, "127.0.0.3", 10), get(listen, 20));

            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
            assertEquals("parent terminating, pid " + relayd.pid(), relayd.lines().getLast());
            assertFalse(Files.exists(relayd.socket()));
        } finally {
            first.close();
        }
    }

    private static List<? extends Class<?>> shown(DaemonProcess relayd, Subject subject) throws IOException {
        return relayd.ask(new ControlRequest.Show(subject)).stream().map(Object::getClass).toList();
    }

    @Test
    void relayctlSeesAndSwitchesHosts() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin first = NamedOrigin.start("127.0.0.1", 0);
                NamedOrigin second = NamedOrigin.start("127.0.0.2", first.port());
                DaemonProcess relayd = DaemonProcess.start(folder, balanced(listen, second.port()))) {
            awaitState(relayd, "127.0.0.1", "unknown -> up");
            awaitState(relayd, "127.0.0.2", "unknown -> up");
            awaitState(relayd, "127.0.0.3", "unknown -> down");
            List<ControlReply> summary = relayd.ask(new ControlRequest.Show(Subject.SUMMARY));
            assertEquals(List.of(RelayRow.class, TableRow.class, HostRow.class, HostRow.class, HostRow.class,
                    ControlReply.Done.class), shown(relayd, Subject.SUMMARY));
            assertEquals(new TableRow(1, "web:" + first.port(), true, 2), summary.get(1));
            assertEquals(HostState.DOWN, ((HostRow) summary.get(4)).state());
            assertEquals(List.of(RelayRow.class, ControlReply.Done.class), shown(relayd, Subject.RELAYS));
            assertEquals(List.of(TableRow.class, HostRow.class, HostRow.class, HostRow.class, ControlReply.Done.class),
                    shown(relayd, Subject.HOSTS));
            assertEquals(List.of(ControlReply.Done.class), shown(relayd, Subject.ROUTERS));

            assertEquals(List.of(new ControlReply.Done()),
                    relayd.ask(new ControlRequest.Switch(Kind.HOST, new SwitchTarget.ByName("127.0.0.1"), false)));
            assertEquals(Map.of("127.0.0.2", 6), get(listen, 6));
            assertEquals(
                    List.of(new ControlReply.Refused("there is no table web; did you mean web:" + first.port() + "?")),
                    relayd.ask(new ControlRequest.Switch(Kind.TABLE, new SwitchTarget.ByName("web"), false)));
            assertEquals(List.of(new ControlReply.Done()),
                    relayd.ask(new ControlRequest.Switch(Kind.TABLE, new SwitchTarget.ById(1), false)));
            assertEquals(List.of(), relayd.ask(new ControlRequest.Stop()));
            assertEquals(0, relayd.exit());
        }
    }

    @Test
    void aReloadKeepsWhatIsTheSameAndARefusedOneKeepsAll() throws Exception {
        int listen = FreePorts.next();
        int second = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, balanced(listen, origin.port()))) {
            relayd.await("relay_launch: running relay www");
            awaitState(relayd, "127.0.0.1", "unknown -> up");
            assertEquals(Map.of("127.0.0.1", 2), get(listen, 2));

            Path file = folder.resolve("relayd.conf");
            Files.writeString(file, balanced(listen, origin.port()).replace("forward to <web>", "forwrad to <web>"));
            List<ControlReply> refused = relayd.ask(new ControlRequest.Reload());
            assertEquals(new ControlReply.Line(file + ":6: syntax error"), refused.getFirst());
            assertEquals(new ControlReply.Refused("the configuration is as before"), refused.getLast());
            relayd.signal("HUP");
            relayd.await("parent_sig_handler: reload requested with SIGHUP");
            relayd.await("a second refusal", () -> relayd.lines().stream()
                    .filter("reload refused: the configuration is as before"::equals).count() == 2);

            Path other = folder.resolve("other.conf");
            Files.writeString(other, """
                    table <more> { 127.0.0.1 }
                    relay added {
                            listen on 127.0.0.1 port %d
                            forward to <more> port %d check tcp
                    }
                    """.formatted(second, origin.port()) + balanced(listen, origin.port()));
            assertEquals(List.of(new ControlReply.Done()), relayd.ask(new ControlRequest.Load(other.toString())));
            relayd.await("relay_launch: running relay added");
            relayd.await("an answer through the new relay", () -> answers(second));
            assertEquals(Map.of("127.0.0.1", 1), get(listen, 1));
            List<RelayRow> relays = relayd.ask(new ControlRequest.Show(Subject.SUMMARY)).stream()
                    .filter(RelayRow.class::isInstance).map(RelayRow.class::cast).toList();
            assertEquals(List.of("added", "www"), relays.stream().map(RelayRow::name).toList());
            assertEquals(3, relays.get(1).statistics().total());

            Files.writeString(file, "prefork 1\n" + balanced(listen, origin.port()));
            relayd.signal("HUP");
            relayd.await("prefork 1 takes effect at the next start");
            relayd.await("the added relay to be gone", () -> !answers(second));
            assertEquals(Map.of("127.0.0.1", 1), get(listen, 1));
            assertEquals(1, relayd.lines().stream().filter("relay_launch: running relay www"::equals).count());
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
        }
    }

    @Test
    void withoutDTheCommandReturnsWhenTheDaemonServesInTheBackground() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess first = DaemonProcess.background(folder, balanced(listen, origin.port()))) {
            assertEquals(0, first.exit());
            assertEquals(List.of(), first.lines());
            first.await("an answer", () -> answers(listen));
            assertEquals(List.of(), first.ask(new ControlRequest.Stop()));
            assertFalse(Files.exists(first.socket()));
        }
    }

    @Test
    void aDaemonInTheBackgroundEndsWithItsTest() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0)) {
            try (DaemonProcess first = DaemonProcess.background(folder, balanced(listen, origin.port()))) {
                assertEquals(0, first.exit());
                assertTrue(answers(listen));
            }
            assertFalse(answers(listen));
        }
    }

    @Test
    void withoutDAnErrorComesBackToTheCommand() throws Exception {
        try (DaemonProcess first = DaemonProcess.background(folder, "relay www {\n")) {
            assertEquals(1, first.exit());
            assertTrue(first.lines().getFirst().endsWith("relayd.conf:2: syntax error"), first.lines().toString());
        }
    }

    private static boolean answers(int port) {
        try {
            return get(port).equals("127.0.0.1");
        } catch (IOException notYet) {
            return false;
        }
    }

    @Test
    void aBusyPortIsAnErrorAndNothingIsLeft() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DaemonProcess relayd = DaemonProcess.start(folder, balanced(busy.getLocalPort(), 1))) {
            assertEquals(1, relayd.exit());
            assertEquals("relayd: relay www: cannot listen on 127.0.0.1 port " + busy.getLocalPort()
                    + ": Address already in use", relayd.lines().getLast());
            assertFalse(Files.exists(relayd.socket()));
        }
    }

    @Test
    void aSecondDaemonOnTheSameSocketIsRefused() throws Exception {
        int listen = FreePorts.next();
        try (DaemonProcess relayd = DaemonProcess.start(folder, balanced(listen, 1))) {
            relayd.awaitStart("host 127.0.0.3");
            try (DaemonProcess second = DaemonProcess.start(folder, balanced(listen, 1))) {
                assertEquals(1, second.exit());
                assertEquals("relayd: control socket " + relayd.socket() + ": another relayd is running",
                        second.lines().getLast());
            }
            assertTrue(Files.exists(relayd.socket()));
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
        }
    }

    @Test
    void faultsOfTheFileAreTheOnlyOutput() throws Exception {
        try (DaemonProcess relayd = DaemonProcess.start(folder, "relay www {\n", "--diagnostics", "classic")) {
            assertEquals(1, relayd.exit());
            assertTrue(relayd.lines().getFirst().startsWith(folder + "/relayd.conf:"), relayd.lines()::toString);
        }
    }

    @Test
    void whatIsNotExecutedYetIsRefused() throws Exception {
        String snmp = "snmp trap\n" + balanced(FreePorts.next(), 1);
        try (DaemonProcess relayd = DaemonProcess.start(folder, snmp)) {
            assertEquals(1, relayd.exit());
            assertEquals("relayd: not supported yet: snmp trap", relayd.lines().getLast());
        }
    }
}
