package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon with hardly any file descriptors. relayd(8): it stops to accept for a second while few are left. */
class DescriptorLimitTest {
    private static final int LIMIT = 64;

    @TempDir
    private Path folder;

    private static Socket client(int port) throws IOException {
        Socket client = new Socket();
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
        client.setSoTimeout(20_000);
        client.getOutputStream().write('x');
        return client;
    }

    private static void echo(Socket connection) {
        try (connection) {
            connection.getInputStream().transferTo(connection.getOutputStream());
        } catch (IOException closed) {
            assertTrue(connection.isClosed());
        }
    }

    private static Thread echo(ServerSocket server) {
        return Thread.ofVirtual().start(() -> {
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

    @Test
    void scarcityIsSurvived() throws Exception {
        int listen = DaemonProcess.freePort();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                DaemonProcess relayd = DaemonProcess.startWithOpenFiles(LIMIT, folder, """
                        prefork 1
                        log connection
                        relay r {
                                listen on 127.0.0.1 port %d
                                forward to 127.0.0.1 port %d
                        }
                        """.formatted(listen, server.getLocalPort()))) {
            Thread accepting = echo(server);
            relayd.await("relay_launch: running relay r");
            List<Socket> clients = new ArrayList<>();
            while (clients.size() < LIMIT && !relayd.lines().contains("relay_accept: deferring connections")) {
                clients.add(client(listen));
            }
            relayd.await("relay_accept: deferring connections");
            for (Socket client : clients) {
                client.close();
            }
            try (Socket client = client(listen)) {
                assertEquals('x', client.getInputStream().read(), () -> relayd.lines().toString());
            }
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
            server.close();
            accepting.join();
        }
    }
}
