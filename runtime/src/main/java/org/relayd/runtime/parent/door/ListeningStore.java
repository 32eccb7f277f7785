package org.relayd.runtime.parent.door;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.system.linux.Descriptors;

/**
 * The sockets that clients come to. They outlive the worker, which gets duplicates: connections that come while there
 * is none wait for the next one. Any thread.
 *
 * <p>
 * Several event loops have a socket each, of equal requests. Of those that another program has made there may be fewer:
 * then some loops share one. Their options become those of the request, except SO_REUSEPORT, which could only be set
 * before they were bound.
 */
public final class ListeningStore implements AutoCloseable {
    private final RelayRights relays;
    private final FileRights files;
    private final List<Stored> stored = new ArrayList<>();

    /** Begins empty; sockets are made by {@code relays} and {@code files}, which must give descriptors. */
    public ListeningStore(RelayRights relays, FileRights files) {
        this.relays = relays;
        this.files = files;
    }

    /** A socket of this process, how many duplicates the worker has, and whether another program has made it. */
    private static final class Stored {
        private final Held held;
        private final boolean adopted;
        private int claims;

        Stored(Held held, boolean adopted) {
            this.held = held;
            this.adopted = adopted;
        }

        boolean serves(ListenRequest request) {
            return held.what instanceof Listening.Connections bound && bound.serves(request);
        }

        int claim() throws IOException {
            int duplicate = Descriptors.duplicate(held.descriptor);
            claims++;
            return duplicate;
        }

        /** Returns whether nobody can use it any more as it was meant to be; one that blocks is repaired. */
        boolean isSpoiled() {
            try {
                Descriptors.nonBlocking(held.descriptor);
            } catch (IOException gone) {
                return true;
            }
            return switch (held.what) {
                case Listening.Connections _ -> !Descriptors.isListening(held.descriptor);
                case Listening.Datagrams _ -> Descriptors.isConnected(held.descriptor);
                // unix(7) has no word for one that was shut down.
                case Listening.Named _ -> false;
            };
        }

        void close() {
            new OpenSocket.Descriptor(held.descriptor).discard();
        }
    }

    /**
     * A stored socket.
     *
     * @param descriptor
     *            the store's own: whoever wants to keep it makes a duplicate
     */
    public record Held(Listening what, int descriptor) {}

    /** A control socket: a duplicate for the worker, and its identity. */
    record Control(int descriptor, String identity) {}

    /**
     * Takes over a socket that another program has bound, and that listens if it is one for connections.
     *
     * @param descriptor
     *            the store's from now on, unless this fails
     * @throws IOException
     *             with the system's words, if it is no descriptor
     */
    public synchronized void adopt(int descriptor, Listening what) throws IOException {
        Descriptors.nonBlocking(descriptor);
        stored.add(new Stored(new Held(what, descriptor), true));
    }

    /** Returns all, to be handed to others. */
    public synchronized List<Held> all() {
        return stored.stream().map(one -> one.held).toList();
    }

    /**
     * Gives a socket for connections.
     *
     * @param most
     *            how many the worker may have for equal requests
     * @return a duplicate; empty if it has as many already
     */
    synchronized OptionalInt listen(ListenRequest request, int most) throws IOException {
        List<Stored> fit = stored.stream().filter(one -> one.serves(request)).toList();
        if (fit.stream().mapToInt(one -> one.claims).sum() >= most) {
            return OptionalInt.empty();
        }
        Optional<Stored> least = fit.stream().filter(one -> one.claims == 0 || one.adopted)
                .min(Comparator.comparingInt(one -> one.claims));
        Stored given = least.isPresent() ? least.get()
                : add(Listening.Connections.of(request), relays.listen(request));
        if (given.adopted) {
            LocalSockets.adapt(given.held.descriptor, request);
        }
        return OptionalInt.of(given.claim());
    }

    /** Finds out whether a socket could be made. A port of ours is free for us. */
    synchronized void probe(ListenRequest request) throws IOException {
        boolean ours = stored.stream().anyMatch(one -> one.held.what instanceof Listening.Connections bound
                && bound.port().equals(request.port()));
        if (!ours) {
            relays.probe(request);
        }
    }

    /**
     * Gives a socket for datagrams.
     *
     * @return a duplicate; empty if the worker has one already
     */
    synchronized OptionalInt datagrams(IpAddress address, Port port) throws IOException {
        Listening wanted = new Listening.Datagrams(address, port);
        Optional<Stored> there = stored.stream().filter(one -> one.held.what.equals(wanted)).findFirst();
        if (there.isPresent() && there.get().claims > 0) {
            return OptionalInt.empty();
        }
        Stored given = there.isPresent() ? there.get() : add(wanted, relays.bindDatagram(address, port));
        return OptionalInt.of(given.claim());
    }

    private Stored add(Listening what, OpenSocket socket) throws IOException {
        return switch (socket) {
            case OpenSocket.Descriptor(int number) -> {
                Stored made = new Stored(new Held(what, number), false);
                stored.add(made);
                yield made;
            }
            case OpenSocket.Channel other -> {
                other.close();
                throw new IOException("a socket of the JDK cannot be given to another process");
            }
        };
    }

    /** Gives the control socket; there is one, so that of another name ends. */
    synchronized Control control(String path) throws IOException {
        Optional<Stored> there = named(path);
        if (there.isEmpty()) {
            FileRights.NamedSocket made = files.listenControl(path);
            removeControls(_ -> true);
            there = Optional.of(add(new Listening.Named(path, made.identity()), made.socket()));
        }
        Stored given = there.get();
        return new Control(given.claim(), ((Listening.Named) given.held.what).identity());
    }

    private Optional<Stored> named(String path) {
        return stored.stream().filter(one -> one.held.what instanceof Listening.Named(String name, String _)
                && name.equals(path)).findFirst();
    }

    /**
     * Ends the control socket.
     *
     * @return false if there is none of that name and identity
     */
    synchronized boolean removeControl(String path, String identity) throws IOException {
        return removeControls(new Listening.Named(path, identity)::equals);
    }

    private boolean removeControls(Predicate<Listening> which) throws IOException {
        boolean removed = false;
        for (Iterator<Stored> all = stored.iterator(); all.hasNext();) {
            Stored one = all.next();
            if (one.held.what instanceof Listening.Named(String path, String identity)
                    && which.test(one.held.what)) {
                all.remove();
                one.close();
                files.removeControl(path, identity);
                removed = true;
            }
        }
        return removed;
    }

    /**
     * The worker serves: what it has not asked for and none of these plans needs ends.
     *
     * @return what another program had made of that
     */
    synchronized List<Listening> keepOnly(Collection<Permits> plans) {
        return closeAll(one -> one.claims == 0 || plans.stream().noneMatch(plan -> needs(plan, one.held.what)));
    }

    private static boolean needs(Permits plan, Listening what) {
        return switch (what) {
            case Listening.Connections bound -> plan.relays().listeners().stream().anyMatch(bound::serves);
            case Listening.Datagrams(IpAddress address, Port port)
                    -> plan.relays().datagrams().contains(new Permits.Datagram(address, port));
            // Another name takes effect with the next start.
            case Listening.Named _ -> true;
        };
    }

    private List<Listening> closeAll(Predicate<Stored> which) {
        List<Listening> adopted = new ArrayList<>();
        stored.removeIf(one -> {
            boolean ends = !(one.held.what instanceof Listening.Named) && which.test(one);
            if (ends) {
                one.close();
                if (one.adopted) {
                    adopted.add(one.held.what);
                }
            }
            return ends;
        });
        return adopted;
    }

    /** Keeps no sockets for clients any more: those of the worker are the last, and it has had its own. */
    public synchronized void refuse() {
        closeAll(_ -> true);
    }

    /**
     * The worker has died: the next one gets what it had. Its duplicates were the same sockets, so that it could have
     * spoiled them for others: such a socket is made anew when it is asked for.
     */
    synchronized void unclaim() {
        stored.forEach(one -> one.claims = 0);
        closeAll(Stored::isSpoiled);
    }

    /** Ends all, with the name of the control socket. */
    @Override
    public synchronized void close() {
        closeAll(_ -> true);
        try {
            removeControls(_ -> true);
        } catch (IOException leftBehind) {
            // The next start finds a socket on which nobody listens and replaces it.
        }
    }
}
