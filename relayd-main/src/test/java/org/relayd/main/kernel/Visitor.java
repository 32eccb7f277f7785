package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.relayd.runtime.platform.linux.NetworkNamespace;

/**
 * A client that connects to services.
 *
 * @param machine
 *            where it is
 * @param from
 *            its address there
 */
record Visitor(NetworkNamespace machine, String from) {
    /** Instead of a name when nobody answers. */
    static final String NOBODY = "nobody";

    private static final int PATIENCE_MS = 2_000;

    /** An open connection. */
    static final class Visit implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;
        private final String greeting;

        private Visit(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = in.readLine();
            this.greeting = line == null ? "" : line;
        }

        /** Returns what the service said: its name, its address and port, the client's address. */
        String greeting() {
            return greeting;
        }

        /** Returns the client's port. */
        int port() {
            return socket.getLocalPort();
        }

        /** Sends a line through the connection and back. */
        void assertAlive() throws IOException {
            socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
            assertEquals("hello", in.readLine());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Opens a connection that stays open. Fails after two seconds. */
    Visit open(String address, int port) throws Exception {
        Socket socket = machine.in(() -> {
            Socket fresh = new Socket();
            fresh.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            return fresh;
        });
        try {
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(new InetSocketAddress(InetAddress.getByName(address), port), PATIENCE_MS);
            return new Visit(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Returns what the service says, or {@link #NOBODY}. */
    String visit(String address, int port) throws Exception {
        try (Visit visit = open(address, port)) {
            return visit.greeting();
        } catch (IOException nobody) {
            return NOBODY;
        }
    }

    /** Returns the name of the service, or {@link #NOBODY}. */
    String name(String address, int port) throws Exception {
        return visit(address, port).split(" ", -1)[0];
    }

    /** Returns how often each service was reached. */
    Map<String, Integer> names(String address, int port, int times) throws Exception {
        Map<String, Integer> names = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            names.merge(name(address, port), 1, Integer::sum);
        }
        return names;
    }

    /** Returns the name of the service that answers a datagram, or {@link #NOBODY}. */
    String ask(String address, int port) throws Exception {
        try (DatagramSocket socket = machine.in(() -> new DatagramSocket(0, InetAddress.getByName(from)))) {
            socket.setSoTimeout(PATIENCE_MS);
            DatagramPacket packet = new DatagramPacket(new byte[64], 64, InetAddress.getByName(address), port);
            socket.send(packet);
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        } catch (IOException nobody) {
            return NOBODY;
        }
    }
}
