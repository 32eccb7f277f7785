package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;
import org.relayd.runtime.FreePorts;

/** What is under way when the daemon is told to end. The test itself is the target of all relays. */
@Timeout(60)
class DrainTest {
    private static final String DRAINING = "draining: 1 session has ";

    @TempDir
    private Path folder;
    private int listen;

    @BeforeEach
    void choosePort() {
        listen = FreePorts.next();
    }

    private DaemonProcess start(ServerSocket target, String protocol, String... more) throws IOException {
        DaemonProcess relayd = DaemonProcess.start(folder, """
                table <web> { 127.0.0.1 }
                http protocol web { }
                relay www {
                        listen on 127.0.0.1 port %d
                        %s
                        forward to <web> port %d
                }
                """.formatted(listen, protocol, target.getLocalPort()), more);
        relayd.await("relay_launch: running relay www");
        return relayd;
    }

    private static ServerSocket target() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private Socket client() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), listen);
    }

    private static void send(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads until the text has come. */
    private static String readUntil(Socket from, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = from.getInputStream();
        while (text.indexOf(end) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("only " + text);
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    private static String readAll(Socket from) throws IOException {
        return new String(from.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static void assertEnded(DaemonProcess relayd) throws InterruptedException {
        assertEquals(0, relayd.exit());
        assertEquals("parent terminating, pid " + relayd.pid(), relayd.lines().getLast());
    }

    @Test
    void aDownloadEndsWholeAndNobodyElseIsAccepted() throws Exception {
        try (ServerSocket target = target(); DaemonProcess relayd = start(target, "protocol web");
                Socket client = client()) {
            send(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Socket origin = target.accept()) {
                readUntil(origin, "\r\n\r\n");
                send(origin, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
                readUntil(client, "half");
                relayd.terminate();
                relayd.awaitStart(DRAINING);
                assertThrows(ConnectException.class, this::client);
                send(origin, "half");
                assertEquals("half", readAll(client));
                assertEnded(relayd);
            }
        }
    }

    @Test
    void aRequestUnderWayIsAnsweredAsTheLastOne() throws Exception {
        try (ServerSocket target = target(); DaemonProcess relayd = start(target, "protocol web");
                Socket client = client()) {
            send(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Socket origin = target.accept()) {
                readUntil(origin, "\r\n\r\n");
                relayd.terminate();
                relayd.awaitStart(DRAINING);
                send(origin, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                String answer = readAll(client);
                assertTrue(answer.contains("Connection: close\r\n"), answer);
                assertTrue(answer.endsWith("ok"), answer);
                assertEnded(relayd);
            }
        }
    }

    @Test
    void aKeptClientThatAsksAtThatMomentIsAnsweredAndOneThatRestsIsClosed() throws Exception {
        try (ServerSocket target = target(); DaemonProcess relayd = start(target, "protocol web");
                Socket client = client(); Socket resting = client()) {
            send(client, "GET / HTTP/1.1\r\n");
            relayd.terminate();
            // The other one may rest for long enough by then, or not.
            relayd.awaitStart("draining: ");
            send(client, "Host: a\r\n\r\n");
            try (Socket origin = target.accept()) {
                readUntil(origin, "\r\n\r\n");
                assertEquals(-1, resting.getInputStream().read());
                send(origin, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                assertTrue(readAll(client).endsWith("ok"));
                assertEnded(relayd);
            }
        }
    }

    @Test
    void relayctlIsAnsweredMeanwhile() throws Exception {
        try (ServerSocket target = target(); DaemonProcess relayd = start(target, "");
                Socket client = client(); Socket origin = target.accept()) {
            send(client, "x");
            readUntil(origin, "x");
            relayd.terminate();
            relayd.awaitStart(DRAINING);
            List<ControlReply> sessions = relayd.ask(new ControlRequest.Show(ControlRequest.Subject.SESSIONS));
            assertEquals(2, sessions.size(), sessions::toString);
            ControlReply refused = relayd.ask(new ControlRequest.Reload()).getFirst();
            assertTrue(refused.toString().contains("relayd is about to end"), refused::toString);
            client.shutdownOutput();
            origin.shutdownOutput();
            assertEnded(relayd);
        }
    }

    @Test
    void whatIsStillUnderWayAtTheEndIsCutOff() throws Exception {
        try (ServerSocket target = target(); DaemonProcess relayd = start(target, "", "--drain", "1");
                Socket client = client(); Socket origin = target.accept()) {
            relayd.terminate();
            relayd.awaitStart("draining: 1 session has 1 s to end");
            send(client, "x");
            readUntil(origin, "x");
            assertEnded(relayd);
            assertTrue(relayd.lines().contains("draining: 1 session is cut off"), relayd.lines()::toString);
        }
    }

    @Test
    void aSecondSignalEndsAtOnce() throws Exception {
        try (ServerSocket target = target(); DaemonProcess relayd = start(target, "", "--drain", "86400");
                Socket client = client(); Socket origin = target.accept()) {
            send(client, "x");
            readUntil(origin, "x");
            relayd.ask(new ControlRequest.Poll());
            Thread.ofVirtual().start(() -> stop(relayd));
            relayd.awaitStart(DRAINING);
            relayd.signal("INT");
            assertTrue(relayd.endsWithin(Duration.ofSeconds(20)));
            assertEnded(relayd);
        }
    }

    private static void stop(DaemonProcess relayd) {
        try {
            relayd.ask(new ControlRequest.Stop());
        } catch (IOException ended) {
            // The daemon has ended, as it was told.
        }
    }

    @Test
    void withoutTimeSessionsAreCutOffAtOnce() throws Exception {
        try (ServerSocket target = target(); DaemonProcess relayd = start(target, "", "--drain", "0");
                Socket client = client(); Socket origin = target.accept()) {
            send(client, "x");
            readUntil(origin, "x");
            relayd.terminate();
            assertEnded(relayd);
            assertTrue(relayd.lines().stream().noneMatch(line -> line.startsWith("draining")));
        }
    }

    @Test
    void answersOfNameServersStillGoOut() throws Exception {
        byte[] query = {0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'a', 0, 0, 1, 0, 1};
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DaemonProcess relayd = DaemonProcess.start(folder, """
                        dns protocol names { }
                        relay names {
                                listen on 127.0.0.1 port %d
                                protocol names
                                forward to 127.0.0.1 port %d
                        }
                        """.formatted(listen, server.getLocalPort()))) {
            relayd.await("relay_launch: running relay names");
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listen));
            client.send(new DatagramPacket(query, query.length));
            DatagramPacket asked = new DatagramPacket(new byte[512], 512);
            server.receive(asked);
            relayd.terminate();
            relayd.awaitStart(DRAINING);
            byte[] answer = asked.getData();
            answer[2] |= (byte) 0x80;
            server.send(new DatagramPacket(answer, asked.getLength(), asked.getSocketAddress()));
            DatagramPacket answered = new DatagramPacket(new byte[512], 512);
            client.receive(answered);
            assertEquals(7, answered.getData()[1]);
            assertEnded(relayd);
        }
    }
}
