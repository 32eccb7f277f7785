package org.relayd.runtime.parent.service.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.relayd.runtime.parent.link.linux.Message;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.Descriptors;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

/**
 * A connection between two processes of one machine that carries texts, each whole, and with each a descriptor if there
 * is one; or what such connections come to. Calls wait. One thread at a time, but for {@link #close}.
 */
public final class PacketSocket implements AutoCloseable {
    /** Most octets of a text. */
    private static final int LONGEST = Message.BUFFER;
    private static final int BACKLOG = 8;

    private final int number;
    private final Message message = new Message();
    private final AtomicBoolean closed = new AtomicBoolean();

    private PacketSocket(int number) {
        this.number = number;
    }

    /** A text that has come; the descriptor, if there is one, is the receiver's. */
    public record Packet(String text, OptionalInt descriptor) {}

    private interface Prepare {
        int with(MemorySegment state, int number, UnixName.Address address);
    }

    private static PacketSocket of(Path path, Prepare prepare) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            UnixName.Address address = new UnixName(path.toString()).address(arena);
            int number = checked(LinuxCalls.socket(state, SocketNumbers.AF_UNIX, SocketNumbers.SEQPACKET, 0));
            PacketSocket made = new PacketSocket(number);
            try {
                checked(prepare.with(state, number, address));
                checked(LinuxCalls.blocking(state, number));
                return made;
            } catch (IOException refused) {
                made.close();
                throw refused;
            }
        }
    }

    /**
     * Connects.
     *
     * @throws IOException
     *             with the system's words, if nobody listens there
     */
    public static PacketSocket connect(Path path) throws IOException {
        return of(path, (state, number, address) -> LinuxCalls.connect(state, number, address.octets(),
                address.length()));
    }

    /** Binds a name that is free. Nobody can connect before {@link #listen}. */
    public static PacketSocket bind(Path path) throws IOException {
        return of(path, (state, number, address) -> LinuxCalls.bind(state, number, address.octets(),
                address.length()));
    }

    /** Lets others connect. */
    public void listen() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            checked(LinuxCalls.listen(arena.allocate(Linker.Option.captureStateLayout()), number, BACKLOG));
        }
    }

    /** Waits for somebody to connect. */
    public PacketSocket accept() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment name = arena.allocate(Short.BYTES + UnixName.LONGEST);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) name.byteSize());
            PacketSocket accepted = new PacketSocket(checked(LinuxCalls.accept(state, number, name, length)));
            checked(LinuxCalls.blocking(state, accepted.number));
            return accepted;
        }
    }

    /** Returns the number of the user whose process has connected; unix(7), SO_PEERCRED. */
    public int user() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment who = arena.allocate(ValueLayout.JAVA_INT, 3);
            MemorySegment size = arena.allocateFrom(ValueLayout.JAVA_INT, (int) who.byteSize());
            checked(LinuxCalls.getOption(arena.allocate(Linker.Option.captureStateLayout()), number,
                    SocketNumbers.SOL_SOCKET, SocketNumbers.SO_PEERCRED, who, size));
            return who.getAtIndex(ValueLayout.JAVA_INT, 1);
        }
    }

    /** Sends a text, and with it a duplicate of a descriptor if there is one. */
    public void send(String text, OptionalInt descriptor) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length == 0 || octets.length > LONGEST) {
            throw new IOException("a text of " + octets.length + " octets");
        }
        message.put(0, octets, 0, octets.length);
        checked(message.send(number, 0, octets.length, descriptor));
    }

    /**
     * Waits for a text.
     *
     * @return empty if the other end is closed
     */
    public Optional<Packet> receive() throws IOException {
        Message.Received received = message.receive(number, LONGEST, true);
        if (received.isEnd()) {
            return Optional.empty();
        }
        checked(received.count());
        byte[] octets = new byte[received.count()];
        message.get(octets, 0, octets.length);
        return Optional.of(new Packet(new String(octets, StandardCharsets.UTF_8), received.descriptor()));
    }

    /** Closes it. Whoever waits for a text finds the end. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            LinuxCalls.shutdown(arena.allocate(Linker.Option.captureStateLayout()), number);
        }
        Descriptors.close(number);
    }

    private static int checked(int result) throws IOException {
        if (result < 0) {
            throw new SystemException(Errno.linux(-result));
        }
        return result;
    }
}
