package org.relayd.main.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.main.daemon.DaemonProcess;
import org.relayd.main.parent.ParentDaemon;
import org.relayd.runtime.FreePorts;

/** Sockets that were opened before the daemon was started. */
@Timeout(120)
class ActivationTest {
    /** Binds two ports as systemd would, writes a file when they listen, and becomes the daemon. */
    private static final String STARTER = """
            import os, socket, sys
            ports, ready, command = sys.argv[1:3], sys.argv[3], sys.argv[4:]
            made = []
            for port in ports:
                one = socket.socket()
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                one.bind(("127.0.0.1", int(port)))
                one.listen(5)
                made.append(one)
            free = [os.dup(one.fileno()) for one in made]
            high = [os.dup2(fd, 100 + i, inheritable=False) for i, fd in enumerate(free)]
            for i, fd in enumerate(high):
                os.dup2(fd, 3 + i, inheritable=True)
            open(ready, "w").close()
            os.environ.update(LISTEN_FDS=str(len(ports)), LISTEN_PID=str(os.getpid()))
            os.execvp(command[0], command)
            """;

    @TempDir
    private Path folder;

    private static boolean hasPython() throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v python3").redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor() == 0;
    }

    @Test
    void whoConnectsBeforeTheStartIsServedAndWhatNoRelayWantsIsClosed() throws Exception {
        assumeTrue(hasPython(), "python3 plays the part of systemd");
        assumeTrue(ParentDaemon.isForHere(), "sockets are adopted by the parent");
        int listen = FreePorts.next();
        int other = FreePorts.next();
        Path ready = folder.resolve("ready");
        Path starter = Files.writeString(folder.resolve("starter.py"), STARTER);
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                DaemonProcess relayd = DaemonProcess.startBy(
                        List.of("python3", starter.toString(), "" + listen, "" + other, ready.toString()), folder,
                        "relay www {\n\tlisten on 127.0.0.1 port " + listen + "\n\tforward to 127.0.0.1 port "
                                + target.getLocalPort() + "\n}\n")) {
            relayd.await("the sockets", () -> Files.exists(ready));
            try (Socket early = new Socket(InetAddress.getLoopbackAddress(), listen)) {
                early.getOutputStream().write('x');
                try (Socket origin = target.accept()) {
                    assertEquals('x', origin.getInputStream().read());
                }
            }
            relayd.await("TCP socket 127.0.0.1 port " + other + " was passed and is closed: no relay wants it");
            assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), other));
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
        }
    }
}
