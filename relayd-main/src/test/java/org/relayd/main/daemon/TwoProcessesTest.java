package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;
import org.relayd.main.parent.ParentDaemon;
import org.relayd.runtime.FreePorts;

/** The daemon as root: what its worker is, and what is left of whom when either dies. */
class TwoProcessesTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @BeforeEach
    void onlyRootIsTwoProcesses() {
        assumeTrue(ParentDaemon.isForHere(), "not root on Linux");
    }

    private static String balanced(int listen, int target) {
        return """
                interval 3
                timeout 2500
                table <web> { 127.0.0.1 }
                relay www {
                        listen on 127.0.0.1 port %d
                        forward to <web> port %d check tcp
                }
                """.formatted(listen, target);
    }

    private static void awaitUp(DaemonProcess relayd) {
        relayd.awaitStart("host 127.0.0.1, check tcp (");
    }

    private static String get(int port) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/").toURL()
                .openConnection();
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout(30_000);
        connection.setReadTimeout(30_000);
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static ProcessHandle worker(DaemonProcess relayd) {
        relayd.await("a worker", () -> presentWorker(relayd).isPresent());
        return presentWorker(relayd).orElseThrow();
    }

    private static Optional<ProcessHandle> presentWorker(DaemonProcess relayd) {
        return ProcessHandle.of(relayd.pid()).flatMap(parent -> parent.children().findFirst());
    }

    private static Path proc(ProcessHandle process, String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    private static Map<String, String> status(ProcessHandle process) throws IOException {
        return Files.readAllLines(proc(process, "status")).stream().collect(Collectors.toMap(
                line -> line.substring(0, line.indexOf(':')), line -> line.substring(line.indexOf(':') + 1).strip()));
    }

    /** What {@code relayctl show needs} would say, with the process of each. */
    private static Set<String> needs(DaemonProcess relayd) throws Exception {
        return relayd.ask(new ControlRequest.Show(ControlRequest.Subject.NEEDS)).stream()
                .filter(ControlReply.Need.class::isInstance).map(ControlReply.Need.class::cast)
                .map(need -> need.kind().word() + " " + need.detail() + " of " + need.pid())
                .collect(Collectors.toSet());
    }

    private static void awaitGone(ProcessHandle process) throws Exception {
        process.onExit().get(AT_ONCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
    }

    private static void kill(ProcessHandle process) {
        assertTrue(process.destroyForcibly(), "kill");
    }

    @Test
    void theWorkerHasNoRightsAndNothingButItsDescriptors() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, balanced(listen, origin.port()))) {
            awaitUp(relayd);
            assertEquals("127.0.0.1", get(listen));
            ProcessHandle worker = worker(relayd);
            Map<String, String> status = status(worker);
            String user = status.get("Uid").replaceAll("\t.*", "");
            assertFalse(user.equals("0"), "root");
            assertEquals((user + "\t").repeat(4).strip(), status.get("Uid"));
            assertFalse(status.get("Gid").matches("(.*\t)?0(\t.*)?"), status.get("Gid"));
            assertEquals("", status.get("Groups"));
            for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
                assertEquals("0000000000000000", status.get(set), set);
            }
            assertEquals(Set.of("open files 4096 of " + worker.pid(), "worker " + relayd.pid() + " of " + worker.pid(),
                    "address 127.0.0.1 of " + relayd.pid(),
                    "open port tcp 127.0.0.1 " + listen + " of " + relayd.pid()), needs(relayd),
                    "rights are the parent's, sessions the worker's");
            assertEquals("1", status.get("NoNewPrivs"));
            assertEquals("2", status.get("Seccomp"));
            assertEquals(0, Files.getAttribute(proc(worker, "mem"), "unix:uid"), "others of its user could read it");
            assertEquals(Set.of("/dev/null", "pipe:", "socket:", "anon_inode:[eventpoll]", "anon_inode:[eventfd]",
                    "anon_inode:[timerfd]", "a file of the virtual machine"), kinds(worker));
            String environment = Files.readString(proc(worker, "environ"));
            assertFalse(environment.contains("CLASSPATH"), environment);
        }
    }

    /** Returns what its descriptors are of. */
    private static Set<String> kinds(ProcessHandle process) throws IOException {
        Set<String> kinds = new TreeSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(proc(process, "fd"))) {
            for (Path descriptor : descriptors) {
                kinds.add(kind(descriptor));
            }
        }
        return kinds;
    }

    private static String kind(Path descriptor) throws IOException {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.matches("(/dev/u?random|.*\\.jar|/.*/lib/modules)") ? "a file of the virtual machine"
                    : target.replaceAll("(pipe|socket):\\[\\d+]", "$1:");
        } catch (NoSuchFileException closed) {
            return "/dev/null";
        }
    }

    @Test
    void clientsWaitForTheNextWorkerAndNoneIsRefused() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, balanced(listen, origin.port()));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            awaitUp(relayd);
            assertEquals("127.0.0.1", get(listen));
            ProcessHandle worker = worker(relayd);
            kill(worker);
            awaitGone(worker);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(clients.submit(() -> get(listen)));
            }
            for (Future<String> answer : answers) {
                assertEquals("127.0.0.1", answer.get());
            }
            relayd.await("worker " + worker.pid() + " died: killed by signal 9; starting another");
            assertEquals("127.0.0.1", get(listen));

            // What the first one could do the second one can.
            Files.writeString(folder.resolve("relayd.conf"), balanced(listen, origin.port()).replace("www", "web"));
            assertEquals(List.of(new ControlReply.Done()), relayd.ask(new ControlRequest.Reload()));
            relayd.await("relay_launch: running relay web");
            relayd.signal("HUP");
            relayd.await("parent_sig_handler: reload requested with SIGHUP");
            relayd.terminate();
            assertEquals(0, relayd.exit());
            assertEquals("parent terminating, pid " + relayd.pid(), relayd.lines().getLast());
            assertFalse(Files.exists(relayd.socket()));
        }
    }

    @Test
    void threeDeathsInTenSecondsAreTheEndAndNothingIsLeft() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, balanced(listen, origin.port()))) {
            awaitUp(relayd);
            List<Long> killed = new ArrayList<>();
            while (killed.size() < 3) {
                ProcessHandle worker = worker(relayd);
                if (!killed.contains(worker.pid())) {
                    kill(worker);
                    killed.add(worker.pid());
                }
                if (killed.size() < 3) {
                    relayd.await("another worker", () -> presentWorker(relayd).map(ProcessHandle::pid)
                            .filter(pid -> !killed.contains(pid)).isPresent());
                }
            }
            assertEquals(1, relayd.exit());
            List<String> lines = relayd.lines();
            assertEquals(List.of("worker " + killed.getLast() + " died: killed by signal 9",
                    "workers have died 3 times in a row or within 10 seconds: relayd ends",
                    "parent terminating, pid " + relayd.pid()), lines.subList(lines.size() - 3, lines.size()));
            assertFalse(Files.exists(relayd.socket()), "the control socket");
        }
    }

    @Test
    void theWorkerDiesWithItsParentAndTheNextStartFindsAllFree() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0)) {
            ProcessHandle worker;
            try (DaemonProcess relayd = DaemonProcess.start(folder, balanced(listen, origin.port()))) {
                awaitUp(relayd);
                worker = worker(relayd);
                relayd.signal("KILL");
                relayd.exit();
            }
            awaitGone(worker);
            try (DaemonProcess next = DaemonProcess.start(folder, balanced(listen, origin.port()))) {
                awaitUp(next);
                assertEquals("127.0.0.1", get(listen));
            }
        }
    }

    @Test
    void aStartThatFailsLeavesNoWorker() throws Exception {
        try (DaemonProcess relayd = DaemonProcess.start(folder, "relay www { listen on }\n")) {
            ProcessHandle parent = ProcessHandle.of(relayd.pid()).orElseThrow();
            List<ProcessHandle> seen = new ArrayList<>();
            while (relayd.isRunning()) {
                parent.children().filter(child -> !seen.contains(child)).forEach(seen::add);
                Thread.onSpinWait();
            }
            assertEquals(1, relayd.exit());
            assertTrue(relayd.lines().stream().anyMatch(line -> line.contains("syntax error")),
                    () -> relayd.lines().toString());
            for (ProcessHandle worker : seen) {
                awaitGone(worker);
            }
        }
    }

    @Test
    void aTerminalThatInterruptsAllEndsItInOrder() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.startBy(List.of("setsid"), folder,
                        balanced(listen, origin.port()))) {
            awaitUp(relayd);
            ProcessHandle worker = worker(relayd);
            for (String signal : List.of("HUP", "TERM", "USR1", "INT")) {
                assertEquals(0, new ProcessBuilder("kill", "-" + signal, Long.toString(worker.pid())).start()
                        .waitFor(), signal);
            }
            assertEquals("127.0.0.1", get(listen));
            assertEquals(0, new ProcessBuilder("kill", "-INT", "--", "-" + relayd.pid()).start().waitFor());
            assertEquals(0, relayd.exit());
            assertEquals("parent terminating, pid " + relayd.pid(), relayd.lines().getLast());
            assertTrue(relayd.lines().stream().noneMatch(line -> line.contains("died")),
                    () -> relayd.lines().toString());
        }
    }

    @Test
    void aParentThatIsStoppedForAWhileIsNotMissed() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, balanced(listen, origin.port()))) {
            awaitUp(relayd);
            ProcessHandle worker = worker(relayd);
            relayd.signal("STOP");
            for (int i = 0; i < 20; i++) {
                assertEquals("127.0.0.1", get(listen));
            }
            relayd.signal("CONT");
            relayd.terminate();
            assertEquals(0, relayd.exit());
            awaitGone(worker);
        }
    }

    @Test
    void connectionsInTheQueueOutliveTheWorker() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, balanced(listen, origin.port()))) {
            awaitUp(relayd);
            ProcessHandle worker = worker(relayd);
            assertEquals(0, new ProcessBuilder("kill", "-STOP", Long.toString(worker.pid())).start().waitFor());
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listen)) {
                client.setSoTimeout(30_000);
                client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                kill(worker);
                String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertTrue(answer.endsWith("127.0.0.1"), answer);
            }
        }
    }

    private static List<String> withCapabilities(String bounds) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv");
        return List.of("setpriv", "--bounding-set", bounds);
    }

    @Test
    void whoMayNotBecomeAnotherUserDoesNotStart() throws Exception {
        try (DaemonProcess relayd = DaemonProcess.startBy(withCapabilities("-all,+net_bind_service"), folder,
                balanced(FreePorts.next(), 1))) {
            assertEquals(1, relayd.exit());
            assertTrue(relayd.lines().getLast()
                    .matches("relayd: cannot become user (_relayd|nobody): Operation not permitted"),
                    () -> relayd.lines().toString());
        }
    }

    /** Those of the unit for systemd: a worker that hangs can be killed without CAP_KILL. */
    @Test
    void fewCapabilitiesAreEnoughToEndAWorker() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.startBy(
                        withCapabilities("-all,+net_bind_service,+net_admin,+net_raw,+setuid,+setgid"), folder,
                        balanced(listen, origin.port()))) {
            awaitUp(relayd);
            ProcessHandle worker = worker(relayd);
            assertEquals("0000000000000000", status(worker).get("CapPrm"));
            assertEquals(0, new ProcessBuilder("kill", "-STOP", Long.toString(worker.pid())).start().waitFor());
            relayd.terminate();
            relayd.await("worker " + worker.pid() + " does not end: killed");
            assertEquals(0, relayd.exit());
            awaitGone(worker);
        }
    }
}
