package org.relayd.runtime.relay.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.RunningEngine;

class DnsRelayTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void queryGetsAnotherIdAndTheAnswerTheOldOne() throws Exception {
        try (DatagramSocket server = socket(); DatagramSocket client = socket()) {
            Paths path = new Paths().to(server.getLocalPort()).dns();
            try (RunningEngine engine = RunningEngine.of(path)) {
                send(client, message(0x1234, false, "www.example.com"), path.port());
                DatagramPacket query = receive(server);
                int id = id(query);
                assertNotEquals(0, id);
                assertArrayEquals(tail(message(0, false, "www.example.com")), tail(bytes(query)));
                assertNotEquals(path.port(), query.getPort());
                server.send(new DatagramPacket(message(id, true, "WWW.example.com"),
                        message(id, true, "WWW.example.com").length, query.getSocketAddress()));
                DatagramPacket answer = receive(client);
                assertEquals(path.port(), answer.getPort());
                assertArrayEquals(message(0x1234, true, "WWW.example.com"), bytes(answer));
                assertEquals("info relay r1, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:" + server.getLocalPort()
                        + ", session closed", engine.log().await("relay r1, session 1"));
            }
        }
    }

    @Test
    void forgedAnswersAreDroppedAndTheRightOneStillArrives() throws Exception {
        try (DatagramSocket server = socket(); DatagramSocket client = socket(); DatagramSocket forger = socket()) {
            Paths path = new Paths().to(server.getLocalPort()).dns();
            try (RunningEngine _ = RunningEngine.of(path)) {
                send(client, message(7, false, "a.example"), path.port());
                DatagramPacket query = receive(server);
                int id = id(query);
                send(forger, message(id, true, "a.example"), query.getPort());
                send(forger, message(7, true, "a.example"), path.port());
                for (byte[] wrong : new byte[][]{message(id ^ 1, true, "a.example"), message(id, true, "b.example"),
                        message(id, false, "a.example"), new byte[5], new byte[60_000]}) {
                    server.send(new DatagramPacket(wrong, wrong.length, query.getSocketAddress()));
                }
                byte[] right = message(id, true, "a.example");
                server.send(new DatagramPacket(right, right.length, query.getSocketAddress()));
                assertArrayEquals(message(7, true, "a.example"), bytes(receive(client)));
                client.setSoTimeout(200);
                assertThrows(SocketTimeoutException.class, () -> receive(client));
            }
        }
    }

    @Test
    void silentTargetEndsInATimeout() throws Exception {
        try (DatagramSocket server = socket(); DatagramSocket client = socket()) {
            Paths path = new Paths().to(server.getLocalPort()).dns().timeout(Duration.ofSeconds(1));
            try (RunningEngine engine = RunningEngine.of(path)) {
                send(client, message(7, false, "a.example"), path.port());
                assertTrue(engine.log().await("udp timeout")
                        .startsWith("warn relay r1, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:"));
            }
        }
    }

    @Test
    void shortDatagramsAreIgnored() throws Exception {
        try (DatagramSocket client = socket()) {
            Paths path = new Paths().to(9).dns();
            try (RunningEngine engine = RunningEngine.of(path)) {
                send(client, new byte[11], path.port());
                send(client, message(7, false, "a.example"), path.port());
                engine.log().await("relay_dns_log: session 1: request id 0x7 flags 0x1:0x0 qd 1 an 0 ns 0 ar 0");
                assertEquals(1, engine.engine().statistics().getFirst().sessions());
            }
        }
    }

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(DatagramSocket from, byte[] message, int port) throws IOException {
        from.send(new DatagramPacket(message, message.length, LOOPBACK, port));
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        return packet;
    }

    private static byte[] bytes(DatagramPacket packet) {
        return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static byte[] tail(byte[] message) {
        return java.util.Arrays.copyOfRange(message, 2, message.length);
    }

    private static int id(DatagramPacket packet) {
        return ByteBuffer.wrap(packet.getData()).getShort() & 0xffff;
    }

    private static byte[] message(int id, boolean response, String name) {
        ByteBuffer out = ByteBuffer.allocate(512);
        out.putShort((short) id).putShort((short) (response ? 0x8180 : 0x0100)).putShort((short) 1).putShort((short) 0)
                .putShort((short) 0).putShort((short) 0);
        for (String label : name.split("\\.", -1)) {
            out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.put((byte) 0).putShort((short) 1).putShort((short) 1);
        return java.util.Arrays.copyOf(out.array(), out.position());
    }
}
