package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.FreePorts;

/** The daemon with hardly any file descriptors. relayd(8): it stops to accept for a second while few are left. */
class DescriptorLimitTest {
    /** Descriptors beyond those that an idle daemon has, which depend on the class path. */
    private static final int MORE = 24;

    private static final String DEFERRING = "relay_accept: deferring connections";

    @TempDir
    private Path folder;

    private static Socket client(int port) throws IOException {
        Socket client = new Socket();
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
        client.setSoTimeout(20_000);
        client.getOutputStream().write('x');
        return client;
    }

    private static boolean isAnswered(Socket client) {
        try {
            return client.getInputStream().available() > 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void echo(Socket connection) {
        try (connection) {
            connection.getInputStream().transferTo(connection.getOutputStream());
        } catch (IOException closed) {
            assertTrue(connection.isClosed());
        }
    }

    private static void serve(ServerSocket server) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket connection = server.accept();
                    Thread.ofVirtual().start(() -> echo(connection));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static String configuration(int listen, int target) {
        return """
                prefork 1
                log connection
                relay r {
                        listen on 127.0.0.1 port %d
                        forward to 127.0.0.1 port %d
                }
                """.formatted(listen, target);
    }

    /** Descriptors of a daemon that does nothing. */
    private int idle(int listen) throws Exception {
        try (DaemonProcess relayd = DaemonProcess.start(folder, configuration(listen, 1))) {
            relayd.await("relay_launch: running relay r");
            try (Stream<Path> open = Files.list(Path.of("/proc/" + relayd.pid() + "/fd"))) {
                return (int) open.count();
            }
        }
    }

    @Test
    void scarcityIsSurvived() throws Exception {
        int listen = FreePorts.next();
        int limit = idle(listen) + MORE;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                DaemonProcess relayd = DaemonProcess.startWithOpenFiles(limit, folder,
                        configuration(listen, server.getLocalPort()))) {
            serve(server);
            relayd.await("relay_launch: running relay r");
            List<Socket> clients = new ArrayList<>();
            while (clients.size() < limit && !relayd.lines().contains(DEFERRING)) {
                Socket client = client(listen);
                clients.add(client);
                relayd.await("an answer, or that there is none now",
                        () -> isAnswered(client) || relayd.lines().contains(DEFERRING));
            }
            relayd.await(DEFERRING);
            assertEquals('x', clients.getFirst().getInputStream().read());
            for (Socket client : clients) {
                client.close();
            }
            try (Socket client = client(listen)) {
                assertEquals('x', client.getInputStream().read(), () -> relayd.lines().toString());
            }
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
        }
    }
}
