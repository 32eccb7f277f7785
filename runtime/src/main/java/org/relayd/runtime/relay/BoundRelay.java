package org.relayd.runtime.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayNode.TargetSource;
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

    /**
     * Binds the sockets of relays.
     *
     * @param loops
     *            event loops that accept, and the descriptors that there are for them
     * @param own
     *            ports that this daemon listens on already, so that a socket there is no other daemon's
     * @throws RelayStartException
     *             if one cannot be bound; then none stays open
     */
    static List<BoundRelay> bind(List<RelayPath> paths, EngineLoops loops, Set<Port> own, Privileged privileged)
            throws RelayStartException {
        List<BoundRelay> bound = new ArrayList<>();
        for (RelayPath path : paths) {
            BoundRelay relay = new BoundRelay(path, new ArrayList<>());
            bound.add(relay);
            try {
                relay.bind(loops, own, privileged);
            } catch (IOException refused) {
                bound.forEach(BoundRelay::close);
                throw new RelayStartException("relay " + path.name() + ": cannot listen on " + path.listen().address()
                        + " port " + path.listen().port() + ": " + refused.getMessage());
            }
        }
        return bound;
    }

    private void bind(EngineLoops loops, Set<Port> own, Privileged privileged) throws IOException {
        RelayNode.Listen listen = path.listen();
        if (path.isDns()) {
            sockets.add(privileged.bindDatagram(listen.address(), listen.port()));
            return;
        }
        ListenRequest alone = new ListenRequest(listen.address(), listen.port(), listen.tcp(), false,
                path.select().source() == TargetSource.DESTINATION);
        // A shared port would also be shared with another daemon of the same user: find out whether it is free first.
        if (!own.contains(listen.port())) {
            privileged.listen(alone).close();
        }
        for (int i = 0; i < loops.loops().size(); i++) {
            OpenSocket socket = privileged.listen(alone.withFurther());
            sockets.add(socket);
            if (socket instanceof OpenSocket.Descriptor(int number) && loops.limit().leavesNoSession(number)) {
                throw new IOException("only " + loops.limit().most() + " open files are allowed (ulimit -n), and "
                        + number + " are in use");
            }
        }
    }

    /** Closes the sockets. */
    void close() {
        sockets.forEach(OpenSocket::discard);
    }
}
