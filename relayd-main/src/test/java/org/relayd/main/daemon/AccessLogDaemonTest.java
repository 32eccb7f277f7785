package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;
import org.relayd.runtime.FreePorts;

/** Access logs in the life of a daemon: start, reload, rotation, end. */
class AccessLogDaemonTest {
    @TempDir
    private Path folder;

    private static String logging(int listen, int target, Path log) {
        return """
                extensions on
                http protocol p {
                        log access to "%s"
                }
                relay www {
                        listen on 127.0.0.1 port %d
                        protocol p
                        forward to 127.0.0.1 port %d
                }
                """.formatted(log, listen, target);
    }

    private static void get(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        }
    }

    /** The paths of the requests in a log. */
    private static List<String> paths(Path log) {
        try {
            return !Files.exists(log) ? List.of()
                    : Files.readAllLines(log).stream().map(line -> line.replaceAll(".*\"GET (.*) HTTP/1.1\" 200 .*",
                            "$1")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void aLogThatCannotBeOpenedRefusesTheStart() throws Exception {
        Path log = folder.resolve("none/access.log");
        try (DaemonProcess relayd = DaemonProcess.start(folder, logging(FreePorts.next(), 1, log))) {
            assertEquals(1, relayd.exit());
            assertEquals("relayd: access log " + log + ": No such file or directory", relayd.lines().getLast());
        }
    }

    @Test
    void aReloadGoesOverToTheNewFileARefusedOneChangesNothingAndTheEndWritesAll() throws Exception {
        Path log = folder.resolve("access.log");
        Path rotated = folder.resolve("access.log.1");
        Path other = folder.resolve("other.log");
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, logging(listen, origin.port(), log))) {
            relayd.await("relay_launch: running relay www");
            get(listen, "/1");
            relayd.await("the first line", () -> paths(log).equals(List.of("/1")));

            Files.move(log, rotated);
            relayd.signal("HUP");
            relayd.await("the new file", () -> Files.exists(log));
            get(listen, "/2");
            relayd.await("the second line", () -> paths(log).equals(List.of("/2")));

            Path conf = folder.resolve("relayd.conf");
            Path missing = folder.resolve("none/access.log");
            Files.writeString(conf, logging(listen, origin.port(), missing));
            List<ControlReply> refused = relayd.ask(new ControlRequest.Reload());
            assertEquals(List.of(new ControlReply.Line("access log " + missing + ": No such file or directory"),
                    new ControlReply.Refused("the configuration is as before")), refused);
            get(listen, "/3");
            relayd.await("the third line", () -> paths(log).equals(List.of("/2", "/3")));

            Files.writeString(conf, logging(listen, origin.port(), other));
            assertEquals(List.of(new ControlReply.Done()), relayd.ask(new ControlRequest.Reload()));
            get(listen, "/4");
            relayd.await("the fourth line", () -> paths(other).equals(List.of("/4")));
            Path moved = folder.resolve("other.log.1");
            Files.move(other, moved);
            relayd.signal("USR1");
            relayd.await("the new file without a request", () -> Files.exists(other));
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
            assertEquals(List.of("/1"), paths(rotated));
            assertEquals(List.of("/2", "/3"), paths(log));
            assertEquals(List.of("/4"), paths(moved));
        }
    }
}
