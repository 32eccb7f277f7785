package org.relayd.main.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The ends of a scenario that speak in datagrams: {@code asker}, {@code asker2} ... send to the relay, {@code nameserver} is where {@code {nameserver}} leads, {@code forger} sends to where the
 * nameserver heard from.
 */
final class Datagrams implements AutoCloseable {
    /** Stands for the two octets of the id with which the nameserver heard a query last. */
    static final String ID = "{id}";
    private static final String NAMESERVER = "nameserver";
    private static final int ID_LENGTH = 2;

    private final Map<String, DatagramEnd> ends = new HashMap<>();
    private String id = "";

    Datagrams() throws IOException {
        ends.put(NAMESERVER, DatagramEnd.answering(NAMESERVER));
    }

    static boolean speaks(String end) {
        return end.matches("(asker|nameserver|forger)\\d*");
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

    /** The nameserver hears a query with an id that nobody can know. */
    void hears(String octetsBehindId) throws IOException {
        String query = ends.get(NAMESERVER).hear();
        assertEquals(Escapes.encode(octetsBehindId), Escapes.encode(query.substring(ID_LENGTH)), NAMESERVER);
        id = Escapes.encodeOctets(query.substring(0, ID_LENGTH));
        assertNotEquals("\\x00\\x00", id);
    }

    private DatagramEnd end(String name, int relay) throws IOException {
        if (!ends.containsKey(name)) {
            ends.put(name, name.startsWith("asker") ? DatagramEnd.asking(name, relay) : DatagramEnd.answering(name));
        }
        return ends.get(name);
    }

    @Override
    public void close() {
        ends.values().forEach(DatagramEnd::close);
    }
}
