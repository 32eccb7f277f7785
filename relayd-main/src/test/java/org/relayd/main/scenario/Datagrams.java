package org.relayd.main.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.relayd.ir.net.IpAddress;

/**
 * The ends of a scenario that speak in datagrams: {@code asker}, {@code asker2} ... send to the relay at 127.0.0.1,
 * {@code caller} ... to that at ::1. {@code nameserver} is where {@code {nameserver}} leads at 127.0.0.1,
 * {@code nameserver2} at 127.0.0.2 and {@code resolver} at ::1, all with the same port; {@code forger} sends to where
 * the nameserver heard from.
 */
final class Datagrams implements AutoCloseable {
    /** Stands for the two octets of the id with which a query was heard last. */
    static final String ID = "{id}";
    private static final String NAMESERVER = "nameserver";
    private static final Map<String, InetAddress> SERVERS = Map.of(NAMESERVER, address("127.0.0.1"), "nameserver2",
            address("127.0.0.2"), "resolver", address("::1"));
    private static final int ID_LENGTH = 2;
    private static final int MOST_TRIES = 20;

    private final Map<String, DatagramEnd> ends = new HashMap<>();
    private String id = "";

    Datagrams() throws IOException {
        for (int tries = 1; ends.isEmpty(); tries++) {
            try {
                openServers();
            } catch (BindException taken) {
                close();
                ends.clear();
                if (tries == MOST_TRIES) {
                    throw taken;
                }
            }
        }
    }

    /** A port that is free at one address may be taken at another one. */
    private void openServers() throws IOException {
        int port = 0;
        for (Map.Entry<String, InetAddress> server : SERVERS.entrySet()) {
            DatagramEnd end = DatagramEnd.answering(server.getKey(), server.getValue(), port);
            port = end.port();
            ends.put(server.getKey(), end);
        }
    }

    private static InetAddress address(String text) {
        return IpAddress.parse(text).orElseThrow().toInetAddress();
    }

    static boolean speaks(String end) {
        return end.matches("(asker|caller|nameserver|resolver|forger)\\d*");
    }

    String fill(String text) {
        return text.replace("{" + NAMESERVER + "}", Integer.toString(ends.get(NAMESERVER).port())).replace(ID, id);
    }

    void send(String end, String octets, int relay) throws IOException {
        DatagramEnd from = end(end, relay);
        if (end.startsWith("forger")) {
            from.sendsTo(ends.get(NAMESERVER).peer());
        }
        from.send(octets);
    }

    void reads(String end, String octets, int relay) throws IOException {
        end(end, relay).reads(octets);
    }

    /** A server hears a query with an id that nobody can know. */
    void hears(String server, String octetsBehindId) throws IOException {
        String query = ends.get(server).hear();
        assertEquals(Escapes.encode(octetsBehindId), Escapes.encode(query.substring(ID_LENGTH)), server);
        id = Escapes.encodeOctets(query.substring(0, ID_LENGTH));
        assertNotEquals("\\x00\\x00", id);
    }

    private DatagramEnd end(String name, int relay) throws IOException {
        if (!ends.containsKey(name)) {
            ends.put(name, open(name, relay));
        }
        return ends.get(name);
    }

    private static DatagramEnd open(String name, int relay) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        return name.startsWith("asker") ? DatagramEnd.asking(name, here, relay)
                : name.startsWith("caller") ? DatagramEnd.asking(name, address("::1"), relay)
                        : DatagramEnd.answering(name, here, 0);
    }

    @Override
    public void close() {
        ends.values().forEach(DatagramEnd::close);
    }
}
