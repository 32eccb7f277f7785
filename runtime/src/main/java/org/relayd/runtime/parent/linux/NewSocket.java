package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.Descriptors;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketAddresses;
import org.relayd.runtime.system.linux.SocketNumbers;

/**
 * A socket that is being made, not blocking: socket(2), setsockopt(2), bind(2), listen(2). One thread. Failures are in
 * the system's words.
 */
public final class NewSocket implements AutoCloseable {
    /** Bytes of {@code sun_path}, with the zero at its end; unix(7). */
    private static final int LONGEST_PATH = 108;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
    private final int family;
    private final int number;
    private boolean taken;

    private NewSocket(int family, int number, boolean taken) {
        this.family = family;
        this.number = number;
        this.taken = taken;
    }

    private static NewSocket of(int family, int type) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int made = LinuxCalls.socket(arena.allocate(Linker.Option.captureStateLayout()), family, type, 0);
            checked(made);
            return new NewSocket(family, made, false);
        }
    }

    /** Makes one for TCP. */
    public static NewSocket stream(IpFamily family) throws IOException {
        return of(numberOf(family), SocketNumbers.STREAM);
    }

    /** Makes one for UDP. */
    public static NewSocket datagram(IpFamily family) throws IOException {
        return of(numberOf(family), SocketNumbers.DGRAM);
    }

    /** Makes one that gets a name in the file system. */
    public static NewSocket named() throws IOException {
        return of(SocketNumbers.AF_UNIX, SocketNumbers.STREAM);
    }

    private static int numberOf(IpFamily family) {
        return switch (family) {
            case INET -> SocketNumbers.AF_INET;
            case INET6 -> SocketNumbers.AF_INET6;
        };
    }

    /** Changes one that another program has bound to an address of a family; it stays open whatever happens. */
    public static NewSocket bound(int number, IpFamily family) {
        return new NewSocket(numberOf(family), number, true);
    }

    /** Returns whether it is of IPv6. */
    private boolean isInet6() {
        return family == SocketNumbers.AF_INET6;
    }

    /** Sets an option of all sockets, {@code SOL_SOCKET}. */
    public void option(int name, int value) throws IOException {
        option(SocketNumbers.SOL_SOCKET, name, value);
    }

    /** Sets an option of IP, which has another number for each family. */
    public void ipOption(int inet, int inet6, int value) throws IOException {
        option(isInet6() ? SocketNumbers.IPPROTO_IPV6 : SocketNumbers.IPPROTO_IP, isInet6() ? inet6 : inet, value);
    }

    private void option(int level, int name, int value) throws IOException {
        checked(LinuxCalls.setOption(state, number, level, name, arena.allocateFrom(ValueLayout.JAVA_INT, value)));
    }

    /** Lets a socket of IPv6 have nothing to do with IPv4. */
    public void onlyItsFamily() throws IOException {
        if (isInet6()) {
            option(SocketNumbers.IPPROTO_IPV6, SocketNumbers.IPV6_V6ONLY, 1);
        }
    }

    /** Lets it bind addresses of other machines. */
    public void foreign() throws IOException {
        ipOption(SocketNumbers.IP_TRANSPARENT, SocketNumbers.IPV6_TRANSPARENT, 1);
    }

    /** Binds it to an address of its family. */
    public void bind(InetSocketAddress address) throws IOException {
        MemorySegment name = arena.allocate(SocketAddresses.SIZE);
        checked(LinuxCalls.bind(state, number, name, SocketAddresses.write(address, name)));
    }

    /** Binds it to a name in the file system. */
    public void bind(Path path) throws IOException {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= LONGEST_PATH) {
            throw new IOException("the name has more than " + (LONGEST_PATH - 1) + " bytes");
        }
        MemorySegment name = arena.allocate(Short.BYTES + LONGEST_PATH);
        name.set(ValueLayout.JAVA_SHORT, 0, (short) SocketNumbers.AF_UNIX);
        MemorySegment.copy(bytes, 0, name, ValueLayout.JAVA_BYTE, Short.BYTES, bytes.length);
        checked(LinuxCalls.bind(state, number, name, Short.BYTES + bytes.length + 1));
    }

    /** Listens. */
    public void listen(int backlog) throws IOException {
        checked(LinuxCalls.listen(state, number, backlog));
    }

    private static void checked(int result) throws IOException {
        if (result < 0) {
            throw new SystemException(Errno.linux(-result));
        }
    }

    /** Returns its number; the caller closes it. */
    public int take() {
        taken = true;
        return number;
    }

    /** Closes it, if nobody has taken it. */
    @Override
    public void close() throws IOException {
        arena.close();
        if (!taken) {
            Descriptors.close(number);
        }
    }
}
