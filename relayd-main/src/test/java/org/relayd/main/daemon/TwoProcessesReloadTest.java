package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;
import org.relayd.main.parent.ParentDaemon;
import org.relayd.runtime.FreePorts;

/** Reloads where the parent reads and the worker executes. */
class TwoProcessesReloadTest {
    private static final ControlReply AS_BEFORE = new ControlReply.Refused("the configuration is as before");

    @TempDir
    private Path folder;

    @BeforeEach
    void onlyRootIsTwoProcesses() {
        assumeTrue(ParentDaemon.isForHere(), "not root on Linux");
    }

    private static String relay(String name, int listen, int target) {
        return """
                table <web> { 127.0.0.1 }
                relay %s {
                        listen on 127.0.0.1 port %d
                        forward to <web> port %d check tcp
                }
                """.formatted(name, listen, target);
    }

    private Path other(String permissions, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("other.conf"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static List<ControlReply> load(DaemonProcess relayd, Path file) throws IOException {
        return relayd.ask(new ControlRequest.Load(file.toString()));
    }

    private static String get(int port) throws IOException {
        try (var in = URI.create("http://127.0.0.1:" + port + "/").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Optional<ProcessHandle> presentWorker(DaemonProcess relayd) {
        return ProcessHandle.of(relayd.pid()).flatMap(parent -> parent.children().findFirst());
    }

    private static void killWorker(DaemonProcess relayd) throws Exception {
        ProcessHandle worker = presentWorker(relayd).orElseThrow();
        assertTrue(worker.destroyForcibly(), "kill");
        worker.onExit().get(20, TimeUnit.SECONDS);
        relayd.await("another worker", () -> presentWorker(relayd).isPresent());
    }

    private static long times(DaemonProcess relayd, String line) {
        return relayd.lines().stream().filter(line::equals).count();
    }

    @Test
    void allLinesOfARefusalComeBackAndNothingChanges() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, relay("www", listen, origin.port()))) {
            relayd.awaitStart("host 127.0.0.1, check tcp (");
            Files.writeString(folder.resolve("relayd.conf"), relay("www", listen, origin.port())
                    + "protocol p {\n bogus\n}\nprotocol q {\n bogus\n}\n");
            List<ControlReply> replies = relayd.ask(new ControlRequest.Reload());
            assertEquals(AS_BEFORE, replies.getLast());
            assertEquals(2, replies.stream().filter(reply -> reply instanceof ControlReply.Line(String text)
                    && text.matches(".*relayd.conf:(7|10): syntax error")).count(), replies::toString);
            relayd.await("reload refused: the configuration is as before");
            assertEquals("127.0.0.1", get(listen));

            Files.delete(folder.resolve("relayd.conf"));
            relayd.signal("HUP");
            relayd.await("a refusal of a missing file", () -> relayd.lines().stream()
                    .anyMatch(line -> line.endsWith("relayd.conf: No such file or directory")));
            assertEquals("127.0.0.1", get(listen));

            // What only the worker can refuse is refused in the same way.
            Files.writeString(folder.resolve("relayd.conf"), "snmp\n" + relay("www", listen, origin.port()));
            assertEquals(List.of(new ControlReply.Line("not supported yet: snmp"), AS_BEFORE),
                    relayd.ask(new ControlRequest.Reload()));
        }
    }

    @Test
    void anotherFileIsTrustedOnlyIfNobodyElseCanWriteIt() throws Exception {
        int listen = FreePorts.next();
        int second = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, relay("www", listen, origin.port()))) {
            relayd.awaitStart("host 127.0.0.1, check tcp (");
            Path file = other("rw-rw-rw-", relay("other", second, origin.port()));
            List<ControlReply> refused = List.of(
                    new ControlReply.Line(file + ": refused, see the log of relayd"), AS_BEFORE);
            assertEquals(refused, load(relayd, file));
            relayd.await("why", () -> relayd.lines().stream()
                    .anyMatch(line -> line.endsWith("others can write it, so it is not trusted")));

            other("rw-------", "root:$6$humppa:19000:0:99999:7:::\n");
            assertEquals(refused, load(relayd, file));
            relayd.await("the lines in the log", () -> relayd.lines().stream()
                    .anyMatch(line -> line.contains("humppa")));

            other("rw-------", relay("other", second, origin.port()));
            assertEquals(List.of(new ControlReply.Done()), load(relayd, file));
            assertEquals("127.0.0.1", get(second));

            // The next worker goes on with that, and the next reload takes the file of the command line.
            killWorker(relayd);
            assertEquals("127.0.0.1", get(second));
            assertEquals(2, times(relayd, "relay_launch: running relay other"));
            assertEquals(List.of(new ControlReply.Done()), relayd.ask(new ControlRequest.Reload()));
            assertEquals("127.0.0.1", get(listen));
        }
    }

    /** A pipe nobody writes to is as slow as any answer of DNS. */
    @Test
    void aSlowReloadIsNoMatterForAnybodyElseNorForTheNextWorker() throws Exception {
        int listen = FreePorts.next();
        Path file = folder.resolve("relayd.conf");
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, relay("www", listen, origin.port()))) {
            relayd.awaitStart("host 127.0.0.1, check tcp (");
            Path pipe = folder.resolve("pipe");
            assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
            Files.move(pipe, file, StandardCopyOption.REPLACE_EXISTING);
            CompletableFuture<List<ControlReply>> slow = CompletableFuture.supplyAsync(() -> {
                try {
                    return relayd.ask(new ControlRequest.Reload());
                } catch (IOException gone) {
                    return List.of();
                }
            });
            // The other end can be opened when the parent reads.
            try (var writer = Files.newOutputStream(file)) {
                assertEquals("127.0.0.1", get(listen));
                assertTrue(relayd.ask(new ControlRequest.Show(ControlRequest.Subject.SUMMARY)).size() > 1);
                assertEquals(List.of(new ControlReply.Line("another reload is in progress"), AS_BEFORE),
                        relayd.ask(new ControlRequest.Reload()));
                killWorker(relayd);
                assertEquals("127.0.0.1", get(listen));
                assertEquals(List.of(), slow.get(20, TimeUnit.SECONDS), "its worker is gone");
                writer.write(relay("late", listen, origin.port()).getBytes(StandardCharsets.UTF_8));
            }
            Files.writeString(Files.createFile(folder.resolve("new")), relay("next", listen, origin.port()));
            Files.move(folder.resolve("new"), file, StandardCopyOption.REPLACE_EXISTING);
            assertEquals(List.of(new ControlReply.Done()), relayd.ask(new ControlRequest.Reload()));
            relayd.await("relay_launch: running relay next");
            assertEquals(0, times(relayd, "relay_launch: running relay late"));
        }
    }
}
