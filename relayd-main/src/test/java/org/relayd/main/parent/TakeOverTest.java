package org.relayd.main.parent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;
import org.relayd.main.daemon.DaemonProcess;
import org.relayd.main.daemon.NamedOrigin;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.parent.service.linux.PacketSocket;

/** One daemon in place of another. */
@Timeout(240)
class TakeOverTest {
    private static final String SERVES = "relay_launch: running relay www";

    @TempDir
    private Path folder;
    private int listen;

    @BeforeEach
    void asRoot() {
        assumeTrue(ParentDaemon.isForHere(), "only the parent of two processes hands sockets over");
        listen = FreePorts.next();
    }

    private String configuration(int target, String more) {
        return """
                extensions on
                table <web> { 127.0.0.1 }
                http protocol web { %s }
                relay www {
                        listen on 127.0.0.1 port %d
                        protocol web
                        forward to <web> port %d check tcp
                }
                """.formatted(more, listen, target);
    }

    private Path control() {
        return folder.resolve("relayd.sock");
    }

    /** Asks again and again, each time over a new connection, and keeps what goes wrong. */
    private final class Clients implements AutoCloseable {
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread = Thread.ofPlatform().start(this::run);

        private void run() {
            while (!over.get()) {
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listen)) {
                    client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
                    String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                    if (answer.startsWith("HTTP/1.1 200")) {
                        answered.incrementAndGet();
                    } else {
                        failures.add(answer);
                    }
                } catch (IOException failed) {
                    failures.add(failed.toString());
                }
                LockSupport.parkNanos(3_000_000);
            }
        }

        /** Waits for more answers. */
        void awaitMore(DaemonProcess relayd) {
            int before = answered.get();
            relayd.await("answers", () -> answered.get() > before + 20 || !failures.isEmpty());
        }

        @Override
        public void close() {
            over.set(true);
            while (thread.isAlive()) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static void awaitUp(DaemonProcess relayd) {
        relayd.awaitStart("host 127.0.0.1, check tcp");
    }

    @Test
    void noClientIsRefusedWhileOneDaemonTakesOverFromAnother() throws Exception {
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess before = DaemonProcess.start(folder, configuration(origin.port(), ""))) {
            before.await(SERVES);
            awaitUp(before);
            try (Clients clients = new Clients()) {
                clients.awaitMore(before);
                try (DaemonProcess after = DaemonProcess.start(folder, configuration(origin.port(), ""),
                        "--take-over")) {
                    after.await(SERVES);
                    assertEquals(0, before.exit());
                    assertEquals("parent terminating, pid " + before.pid(), before.lines().getLast());
                    assertTrue(before.lines().contains("take-over: another daemon serves"), before.lines()::toString);
                    clients.awaitMore(after);
                    assertEquals(List.of(), clients.failures);
                    assertEquals(List.of(new ControlReply.Done()), after.ask(new ControlRequest.Poll()));
                    after.signal("TERM");
                    assertEquals(0, after.exit());
                }
            }
            try (var left = Files.list(folder)) {
                assertEquals(List.of("relayd.conf"), left.map(file -> file.getFileName().toString()).toList());
            }
        }
    }

    @Test
    void aDaemonThatCannotStartChangesNothing() throws Exception {
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess before = DaemonProcess.start(folder, configuration(origin.port(), ""))) {
            before.await(SERVES);
            awaitUp(before);
            try (Clients clients = new Clients()) {
                try (DaemonProcess after = DaemonProcess.start(folder,
                        configuration(origin.port(), "log access to \"" + folder + "/none/access.log\""),
                        "--take-over")) {
                    assertEquals(1, after.exit());
                    assertTrue(after.lines().getLast().contains("none/access.log"), after.lines()::toString);
                }
                before.await("take-over: the other daemon has not come to serve; this one goes on");
                clients.awaitMore(before);
                assertEquals(List.of(), clients.failures);
                assertEquals(List.of(new ControlReply.Done()), before.ask(new ControlRequest.Poll()));
            }
            before.signal("TERM");
            assertEquals(0, before.exit());
            assertFalse(Files.exists(control()));
        }
    }

    @Test
    void oneTakesOverAtATimeAndOnlyWhereThereIsADaemon() throws Exception {
        try (DaemonProcess nobody = DaemonProcess.start(folder, configuration(1, ""), "--take-over")) {
            assertEquals(1, nobody.exit());
            assertTrue(nobody.lines().getLast().startsWith("relayd: cannot take over from " + control()),
                    nobody.lines()::toString);
        }
        try (DaemonProcess before = DaemonProcess.start(folder, configuration(1, ""))) {
            before.await(SERVES);
            before.await("its name", () -> Files.exists(TakeOverDesk.of(control().toString())));
            try (PacketSocket other = PacketSocket.connect(TakeOverDesk.of(control().toString()))) {
                other.send(TakeOver.ASK, OptionalInt.empty());
                before.await("take-over: another daemon starts");
                try (DaemonProcess second = DaemonProcess.start(folder, configuration(1, ""), "--take-over")) {
                    assertEquals(1, second.exit());
                    assertTrue(second.lines().getLast().endsWith(": another daemon is taking over"),
                            second.lines()::toString);
                }
            }
            before.await("take-over: the other daemon has not come to serve; this one goes on");
            before.signal("TERM");
            assertEquals(0, before.exit());
        }
    }
}
