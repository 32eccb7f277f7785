package org.relayd.main.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A socket for datagrams of a scenario. Reads give up after ten seconds. */
final class DatagramEnd implements AutoCloseable {
    private static final int PATIENCE = 10_000;
    private static final int LARGEST = 65_536;

    private final String name;
    private final DatagramSocket socket;
    private Optional<SocketAddress> peer = Optional.empty();

    private DatagramEnd(String name, DatagramSocket socket) throws IOException {
        this.name = name;
        this.socket = socket;
        socket.setSoTimeout(PATIENCE);
    }

    /** One that sends to whom it heard from last. */
    static DatagramEnd answering(String name, InetAddress address, int port) throws IOException {
        return new DatagramEnd(name, new DatagramSocket(new InetSocketAddress(address, port)));
    }

    /** One that hears from this port of a loopback address only. */
    static DatagramEnd asking(String name, InetAddress address, int port) throws IOException {
        DatagramEnd end = answering(name, address, 0);
        end.sendsTo(new InetSocketAddress(address, port));
        end.socket.connect(end.peer());
        return end;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Whom it sends to. */
    SocketAddress peer() {
        return peer.orElseThrow(() -> new IllegalArgumentException(name + " has heard from nobody"));
    }

    void sendsTo(SocketAddress address) {
        peer = Optional.of(address);
    }

    void send(String octets) throws IOException {
        byte[] datagram = octets.getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(datagram, datagram.length, peer()));
    }

    /** The next datagram. */
    String hear() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        socket.receive(packet);
        peer = Optional.of(packet.getSocketAddress());
        return new String(Arrays.copyOf(packet.getData(), packet.getLength()), StandardCharsets.ISO_8859_1);
    }

    void reads(String octets) throws IOException {
        assertEquals(Escapes.encode(octets), Escapes.encode(hear()), name);
    }

    @Override
    public void close() {
        socket.close();
    }
}
