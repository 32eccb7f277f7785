package org.relayd.runtime.parent.service.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.door.Listening;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketAddresses;
import org.relayd.runtime.system.linux.SocketNumbers;

/** Finds out what sockets are that others have opened. */
public final class PassedSocket {
    private static final int SO_TYPE = 3;
    private static final int SO_ACCEPTCONN = 30;

    private PassedSocket() {}

    /**
     * Returns what a descriptor is bound to, if clients can come to it as relays or relayctl(8) want it: one that
     * listens, or one for datagrams.
     *
     * @throws IOException
     *             with the system's words, if it is no socket
     */
    public static Optional<Listening> look(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment name = arena.allocate(Short.BYTES + UnixName.LONGEST, Long.BYTES);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) name.byteSize());
            checked(LinuxCalls.localName(state, descriptor, name, length));
            boolean stream = option(arena, state, descriptor, SO_TYPE) == SocketNumbers.STREAM;
            boolean listens = stream && option(arena, state, descriptor, SO_ACCEPTCONN) == 1;
            int family = name.get(ValueLayout.JAVA_SHORT, 0);
            if (stream && !listens) {
                return Optional.empty();
            }
            return switch (family) {
                case SocketNumbers.AF_INET, SocketNumbers.AF_INET6 -> Optional.of(address(name, listens));
                case SocketNumbers.AF_UNIX -> listens
                        ? named(UnixName.of(name, length.get(ValueLayout.JAVA_INT, 0)))
                        : Optional.empty();
                default -> Optional.empty();
            };
        }
    }

    private static Listening address(MemorySegment name, boolean listens) {
        InetSocketAddress bound = SocketAddresses.read(name);
        IpAddress address = IpAddress.of(bound.getAddress());
        Port port = new Port(bound.getPort());
        return listens ? new Listening.Connections(address, port, Optional.empty())
                : new Listening.Datagrams(address, port);
    }

    private static Optional<Listening> named(UnixName name) throws IOException {
        if (!name.text().startsWith("/")) {
            return Optional.empty();
        }
        Path path = Path.of(name.text());
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String identity = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey()
                .toString();
        return Optional.of(new Listening.Named(name.text(), identity));
    }

    private static int option(Arena arena, MemorySegment state, int descriptor, int option) throws IOException {
        MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
        MemorySegment size = arena.allocateFrom(ValueLayout.JAVA_INT, Integer.BYTES);
        checked(LinuxCalls.getOption(state, descriptor, SocketNumbers.SOL_SOCKET, option, value, size));
        return value.get(ValueLayout.JAVA_INT, 0);
    }

    private static void checked(int result) throws IOException {
        if (result < 0) {
            throw new SystemException(Errno.linux(-result));
        }
    }
}
