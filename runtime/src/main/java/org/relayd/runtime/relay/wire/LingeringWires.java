package org.relayd.runtime.relay.wire;

import io.netty.util.concurrent.EventExecutor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The wires of one event loop whose sessions are over, and which nobody else knows any more: the loop closes them when
 * it ends. Netty does so with what is registered, but not if it is told to end between two of its looks. On the loop.
 */
public final class LingeringWires {
    private final EventExecutor loop;
    private final Set<Wire> wires = new HashSet<>();

    /** Creates them for a loop, none at first. */
    public LingeringWires(EventExecutor loop) {
        this.loop = loop;
    }

    /** A wire begins to linger; at the end it is closed, and says so by {@link #closed}. */
    public Lingering begin(Wire wire) {
        wires.add(wire);
        return Lingering.begin(wire, loop);
    }

    /** A wire is closed. */
    public void closed(Wire wire) {
        wires.remove(wire);
    }

    /** Closes all. */
    public void close() {
        List.copyOf(wires).forEach(Wire::close);
    }
}
