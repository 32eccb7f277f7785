package org.relayd.main.parent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.door.Listening;
import org.relayd.runtime.parent.door.ListeningStore;
import org.relayd.runtime.parent.service.linux.PacketSocket;

/**
 * Where another daemon asks for the sockets of this one: {@code relayd --take-over}. Until that one serves everything
 * here goes on; then this one ends like one that was told to. A daemon that asks and does not come to serve has changed
 * nothing. relayd(8): UPGRADING.
 */
final class TakeOverDesk implements AutoCloseable {
    private final Path path;
    private final String identity;
    private final PacketSocket socket;
    private final Parts parts;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * What it hands over.
     *
     * @param sockets
     *            those of clients
     * @param states
     *            returns what is known of hosts, as {@link org.relayd.runtime.parent.service.Succeeding} writes it
     * @param takenOver
     *            is called when another daemon serves
     */
    record Parts(ListeningStore sockets, Supplier<List<String>> states, Runnable takenOver, Log log) {}

    private TakeOverDesk(Path path, String identity, PacketSocket socket, Parts parts) {
        this.path = path;
        this.identity = identity;
        this.socket = socket;
        this.parts = parts;
    }

    /** Returns where that of a daemon is that has a control socket. */
    static Path of(String controlSocket) {
        return Path.of(controlSocket + ".take-over");
    }

    /**
     * Opens it. The name may be that of a daemon that ends, or has ended: it is this one's now.
     *
     * @throws IOException
     *             if it cannot be bound
     */
    static TakeOverDesk open(Path path, Parts parts) throws IOException {
        Path fresh = path.resolveSibling(".relayd-take-over-" + ProcessHandle.current().pid());
        Files.deleteIfExists(fresh);
        PacketSocket socket = PacketSocket.bind(fresh);
        try {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            socket.listen();
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            TakeOverDesk desk = new TakeOverDesk(path, identity(path).orElse(""), socket, parts);
            Thread.ofPlatform().daemon().name("take-over").start(desk::serve);
            return desk;
        } catch (IOException refused) {
            socket.close();
            Files.deleteIfExists(fresh);
            throw refused;
        }
    }

    private static Optional<String> identity(Path file) throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .fileKey().toString())
                : Optional.empty();
    }

    private void serve() {
        while (!closed) {
            try {
                PacketSocket other = socket.accept();
                Thread.ofPlatform().daemon().name("successor").start(() -> serve(other));
            } catch (IOException refused) {
                if (!closed) {
                    parts.log.warn("take-over: " + refused.getMessage());
                }
                return;
            }
        }
    }

    private void serve(PacketSocket other) {
        try (other) {
            // First of all: closed with something unread, the answer would be lost in a reset.
            Optional<PacketSocket.Packet> asked = other.receive();
            if (other.user() != 0) {
                other.send(TakeOver.REFUSED + "only root may take over", OptionalInt.empty());
            } else if (busy.getAndSet(true)) {
                other.send(TakeOver.REFUSED + "another daemon is taking over", OptionalInt.empty());
            } else {
                handOver(other, asked.map(PacketSocket.Packet::text).orElse(""));
            }
        } catch (IOException refused) {
            parts.log.warn("take-over: " + refused.getMessage());
        }
    }

    private void handOver(PacketSocket other, String asked) throws IOException {
        List<Moved> names = List.of();
        boolean serves = false;
        try {
            if (!asked.equals(TakeOver.ASK)) {
                other.send(TakeOver.REFUSED + "this daemon speaks another version", OptionalInt.empty());
                return;
            }
            parts.log.info("take-over: another daemon starts");
            names = moved();
            for (String state : parts.states.get()) {
                other.send(TakeOver.STATE + state, OptionalInt.empty());
            }
            for (ListeningStore.Held held : parts.sockets.all()) {
                if (!(held.what() instanceof Listening.Named)) {
                    other.send(TakeOver.SOCKET, OptionalInt.of(held.descriptor()));
                }
            }
            other.send(TakeOver.ALL, OptionalInt.empty());
            serves = other.receive().filter(said -> said.text().equals(TakeOver.SERVING)).isPresent();
        } finally {
            settle(names, serves);
        }
    }

    private void settle(List<Moved> names, boolean serves) throws IOException {
        if (serves) {
            parts.log.info("take-over: another daemon serves");
            for (Moved name : names) {
                Files.deleteIfExists(name.aside);
            }
            parts.takenOver.run();
        } else {
            for (Moved name : names) {
                Files.move(name.aside, name.path, StandardCopyOption.ATOMIC_MOVE);
            }
            busy.set(false);
            parts.log.warn("take-over: the other daemon has not come to serve; this one goes on");
        }
    }

    /** A name of this daemon that the other one needs, and where it is meanwhile. */
    private record Moved(Path path, Path aside) {}

    private List<Moved> moved() throws IOException {
        List<Moved> names = parts.sockets.all().stream().map(ListeningStore.Held::what)
                .filter(Listening.Named.class::isInstance).map(named -> Path.of(((Listening.Named) named).path()))
                .map(control -> new Moved(control, control.resolveSibling(control.getFileName() + ".before")))
                .toList();
        for (Moved name : names) {
            Files.move(name.path, name.aside, StandardCopyOption.ATOMIC_MOVE);
        }
        return names;
    }

    /** Serves nobody any more; the name goes, unless it is another daemon's by now. */
    @Override
    public void close() throws IOException {
        closed = true;
        if (identity(path).filter(identity::equals).isPresent()) {
            Files.deleteIfExists(path);
        }
        socket.close();
    }
}
