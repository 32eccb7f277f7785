package org.relayd.main.parent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.runtime.parent.service.linux.PacketSocket;

/** A daemon that starts in place of one that runs: what it gets from that one, and what it tells it. */
final class TakeOver implements AutoCloseable {
    /** First, from the daemon that starts. */
    static final String ASK = "relayd take-over 1";
    /** What is known of a host follows. */
    static final String STATE = "state ";
    /** A socket comes with it. */
    static final String SOCKET = "socket";
    /** That was all. */
    static final String ALL = "all";
    /** Why nothing is handed over follows. */
    static final String REFUSED = "refused ";
    /** Last, from the daemon that has started: the other one may end. */
    static final String SERVING = "serving";

    private final PacketSocket other;
    private final List<Integer> sockets = new ArrayList<>();
    private final List<String> states = new ArrayList<>();

    private TakeOver(PacketSocket other) {
        this.other = other;
    }

    /**
     * Asks a daemon that runs, and waits for what it has.
     *
     * @param path
     *            that of its {@link TakeOverDesk}
     * @throws IOException
     *             with the reason for the user
     */
    static TakeOver from(Path path) throws IOException {
        try {
            TakeOver begun = new TakeOver(PacketSocket.connect(path));
            try {
                begun.receive();
                return begun;
            } catch (IOException refused) {
                begun.close();
                throw refused;
            }
        } catch (IOException refused) {
            throw new IOException("cannot take over from " + path + ": " + refused.getMessage(), refused);
        }
    }

    private void receive() throws IOException {
        other.send(ASK, OptionalInt.empty());
        boolean all = false;
        while (!all) {
            PacketSocket.Packet next = other.receive().orElseThrow(() -> new IOException("the daemon has ended"));
            next.descriptor().ifPresent(sockets::add);
            if (next.text().startsWith(REFUSED)) {
                throw new IOException(next.text().substring(REFUSED.length()));
            }
            if (next.text().startsWith(STATE)) {
                states.add(next.text().substring(STATE.length()));
            }
            all = next.text().equals(ALL);
        }
    }

    /** Returns the sockets of clients, which belong to the caller. */
    List<Integer> sockets() {
        return List.copyOf(sockets);
    }

    /** Returns what is known of hosts. */
    List<String> states() {
        return List.copyOf(states);
    }

    /** Tells the other daemon that clients are served here. */
    void serving() throws IOException {
        other.send(SERVING, OptionalInt.empty());
        other.close();
    }

    /** Without {@link #serving}, the other daemon goes on. */
    @Override
    public void close() throws IOException {
        other.close();
    }

}
