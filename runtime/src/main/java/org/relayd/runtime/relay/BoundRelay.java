package org.relayd.runtime.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.ir.plan.RelayPath;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;

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
    static List<BoundRelay> bind(List<RelayPath> paths, EngineLoops loops, Set<Port> own, RelayRights rights)
            throws RelayStartException {
        checkFree(paths, own, rights);
        List<BoundRelay> bound = new ArrayList<>();
        for (RelayPath path : paths) {
            BoundRelay relay = new BoundRelay(path, new ArrayList<>());
            bound.add(relay);
            try {
                relay.bind(loops, rights);
            } catch (IOException refused) {
                bound.forEach(BoundRelay::close);
                throw refused(path, refused);
            }
        }
        return bound;
    }

    /**
     * Finds out whether ports are free, before any of them is bound: a port that is shared by our loops would also be
     * shared with another daemon of the same user. Relays of one port with different addresses, one of them perhaps all
     * addresses of the machine, do not disturb each other; the kernel prefers the more specific one.
     */
    private static void checkFree(List<RelayPath> paths, Set<Port> own, RelayRights rights)
            throws RelayStartException {
        Set<InetSocketAddress> listeners = new HashSet<>();
        for (RelayPath path : paths.stream().filter(any -> !any.isDns()).toList()) {
            try {
                if (!listeners.add(new InetSocketAddress(path.listen().address().toInetAddress(),
                        path.listen().port().number()))) {
                    throw new SystemException(Errno.of(ErrorName.EADDRINUSE));
                }
                if (!own.contains(path.listen().port())) {
                    rights.probe(alone(path));
                }
            } catch (IOException refused) {
                throw refused(path, refused);
            }
        }
    }

    private static RelayStartException refused(RelayPath path, IOException why) {
        return new RelayStartException("relay " + path.name() + ": cannot listen on " + path.listen().address()
                + " port " + path.listen().port() + ": " + why.getMessage());
    }

    private static ListenRequest alone(RelayPath path) {
        RelayNode.Listen listen = path.listen();
        return new ListenRequest(listen.address(), listen.port(), listen.tcp(), false,
                path.select().source() == TargetSource.DESTINATION);
    }

    private void bind(EngineLoops loops, RelayRights rights) throws IOException {
        RelayNode.Listen listen = path.listen();
        if (path.isDns()) {
            sockets.add(rights.bindDatagram(listen.address(), listen.port()));
            return;
        }
        for (int i = 0; i < loops.loops().size(); i++) {
            OpenSocket socket = rights.listen(alone(path).withFurther());
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
