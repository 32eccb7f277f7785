package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.packaging.FakeTree.Ran;

/** The daemon as it is installed, with a low limit of open files (relayd(8): it stops to accept while few are left). */
class DescriptorLimitIT {
    private static final Path TREE = Path.of(System.getProperty("relayd.tree"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ENOUGH = 64;
    private static final int TOO_FEW = 32;
    /** Sessions that have to be served at a time with {@link #ENOUGH}. */
    private static final int SERVED = 12;

    @TempDir
    private Path folder;

    private Path log() {
        return folder.resolve("log");
    }

    private Process start(int limit, int listen, int target) throws IOException {
        Path config = folder.resolve("relayd.conf");
        Files.writeString(config, """
                relay r {
                        listen on 127.0.0.1 port %d
                        forward to 127.0.0.1 port %d
                }
                """.formatted(listen, target));
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "ulimit -n " + limit + "; exec \"$@\"", "sh",
                TREE.resolve("bin/relayd").toString(), "-d", "-vv", "-f", config.toString(), "--socket",
                folder.resolve("socket").toString());
        builder.environment().put("RELAYD_JAVA", System.getProperty("java.home"));
        return builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    private boolean hasLogged(String text) throws IOException {
        return Files.readString(log()).contains(text);
    }

    private void await(String text) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!hasLogged(text)) {
            assertTrue(System.nanoTime() < end, () -> "no " + text);
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** Connects and asks. */
    private static Socket client(int port) throws IOException {
        Socket client = new Socket();
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
        client.setSoTimeout((int) PATIENCE.toMillis());
        client.getOutputStream().write("GET /SMALL HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return client;
    }

    private static void assertServed(Socket client) throws IOException {
        String head = TrainingOrigin.readHead(new BufferedInputStream(client.getInputStream()));
        assertTrue(head.startsWith("HTTP/1.1 200 "), head);
    }

    @Test
    void sixtyFourOpenFilesAreEnough() throws Exception {
        int listen = TrainingRun.freePort();
        try (TrainingOrigin origin = new TrainingOrigin()) {
            Process relayd = start(ENOUGH, listen, origin.port());
            try {
                await("relay_launch: running relay r");
                List<Socket> clients = new ArrayList<>();
                while (clients.size() < SERVED) {
                    clients.add(client(listen));
                    assertServed(clients.getLast());
                }
                while (clients.size() < ENOUGH && !hasLogged("relay_accept: deferring connections")) {
                    clients.add(client(listen));
                }
                await("relay_accept: deferring connections");
                Ran asked = FakeTree.run(folder, Map.of("RELAYD_JAVA", System.getProperty("java.home")),
                        TREE.resolve("bin/relayctl").toString(), "-s", folder.resolve("socket").toString(), "show",
                        "summary");
                assertEquals(0, asked.status(), asked::toString);
                for (Socket client : clients) {
                    client.close();
                }
                try (Socket client = client(listen)) {
                    assertServed(client);
                }
                relayd.destroy();
                assertTrue(relayd.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
                assertEquals(0, relayd.exitValue());
            } finally {
                relayd.destroyForcibly();
            }
        }
    }

    @Test
    void withTooFewTheStartSaysSo() throws Exception {
        Process relayd = start(TOO_FEW, TrainingRun.freePort(), 1);
        try {
            assertTrue(relayd.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertEquals(1, relayd.exitValue());
            await("only 32 open files are allowed (ulimit -n)");
            assertFalse(hasLogged("\tat "));
        } finally {
            relayd.destroyForcibly();
        }
    }
}
