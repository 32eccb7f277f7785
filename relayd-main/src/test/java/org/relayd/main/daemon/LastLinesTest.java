package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.FreePorts;

/** What was due in a log when a daemon that has just been started is told to end. */
class LastLinesTest {
    private static final int TIMES = 2;

    @TempDir
    private Path folder;

    private String configuration(String protocol, int listen, int target) {
        return """
                extensions on
                log connection
                table <web> { 127.0.0.1 }
                http protocol web { log access to "%s" }
                relay www {
                        listen on 127.0.0.1 port %d
                        %s
                        forward to <web> port %d
                }
                """.formatted(folder.resolve("access.log"), listen, protocol, target);
    }

    /** A session from its first octet to the close, and at once SIGTERM. */
    private void sessionAndEnd(DaemonProcess relayd, int listen) throws Exception {
        relayd.await("relay_launch: running relay www");
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listen)) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(answer.endsWith("127.0.0.1"), answer);
        }
        end(relayd);
    }

    private static void end(DaemonProcess relayd) throws Exception {
        relayd.terminate();
        assertEquals(0, relayd.exit());
        assertTrue(relayd.lines().stream().anyMatch(line -> line.startsWith("relay www, session 1 (1 active), 0, ")),
                relayd.lines()::toString);
    }

    @RepeatedTest(TIMES)
    void aSessionOfATcpRelayHasItsLine() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, configuration("", listen, origin.port()))) {
            sessionAndEnd(relayd, listen);
        }
    }

    /** The relay must pass the close on and hear of that of the target before the session has ended. */
    @RepeatedTest(TIMES)
    void aSessionOfATcpRelayThatItsClientEndsHasItsLine() throws Exception {
        int listen = FreePorts.next();
        try (ServerSocket origin = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                DaemonProcess relayd = DaemonProcess.start(folder, configuration("", listen, origin.getLocalPort()))) {
            Thread.ofVirtual().start(() -> echo(origin));
            relayd.await("relay_launch: running relay www");
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listen)) {
                client.getOutputStream().write('x');
                assertEquals('x', client.getInputStream().read());
            }
            end(relayd);
        }
    }

    private static void echo(ServerSocket origin) {
        try (Socket one = origin.accept()) {
            one.getInputStream().transferTo(one.getOutputStream());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @RepeatedTest(TIMES)
    void aSessionOfAnHttpRelayHasItsLinesInBothLogs() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder,
                        configuration("protocol web", listen, origin.port()))) {
            sessionAndEnd(relayd, listen);
            assertEquals(1, Files.readAllLines(folder.resolve("access.log")).size());
        }
    }
}
