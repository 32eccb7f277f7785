package org.relayd.runtime.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayPath;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.Privileged;

/**
 * A relay and its sockets.
 *
 * @param path
 *            the plan
 * @param sockets
 *            one for each loop that accepts; a single one for DNS
 */
record BoundRelay(RelayPath path, List<OpenSocket> sockets) {

    /** Whether it relays datagrams. */
    boolean isDns() {
        return path.inspect() instanceof RelayNode.Inspect.Dns;
    }

    /**
     * Binds the sockets of all relays.
     *
     * @throws RelayStartException
     *             if one cannot be bound; then none stays open
     */
    static List<BoundRelay> bind(RelayGraph graph, Privileged privileged) throws RelayStartException {
        List<BoundRelay> bound = new ArrayList<>();
        for (RelayPath path : graph.paths()) {
            BoundRelay relay = new BoundRelay(path, new ArrayList<>());
            bound.add(relay);
            try {
                relay.bind(graph.prefork(), privileged);
            } catch (IOException refused) {
                bound.forEach(BoundRelay::close);
                throw new RelayStartException("relay " + path.name() + ": cannot listen on " + path.listen().address()
                        + " port " + path.listen().port() + ": " + refused.getMessage());
            }
        }
        return bound;
    }

    private void bind(int loops, Privileged privileged) throws IOException {
        RelayNode.Listen listen = path.listen();
        if (isDns()) {
            sockets.add(privileged.bindDatagram(listen.address(), listen.port()));
            return;
        }
        ListenRequest alone = new ListenRequest(listen.address(), listen.port(), listen.tcp(), false);
        if (loops == 1) {
            sockets.add(privileged.listen(alone));
            return;
        }
        // A shared port would also be shared with another daemon of the same user: find out whether it is free first.
        privileged.listen(alone).close();
        for (int i = 0; i < loops; i++) {
            sockets.add(privileged.listen(new ListenRequest(listen.address(), listen.port(), listen.tcp(), true)));
        }
    }

    /** Closes the sockets. */
    void close() {
        for (OpenSocket socket : sockets) {
            try {
                socket.close();
            } catch (IOException ignored) {
                // The socket is gone either way.
            }
        }
    }
}
