package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.relayd.ir.net.IpFamily;

/**
 * Opens ICMP sockets: socket(2), icmp(7). One call through the JDK's own foreign interface, because the start of JNR would
 * cost a daemon that needs nothing else of it a third of a second.
 */
public final class IcmpSockets {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_ICMPV6 = 58;

    private IcmpSockets() {}

    /**
     * Opens a raw socket. Needs CAP_NET_RAW.
     *
     * @return its descriptor, not blocking
     * @throws IOException
     *             with the system's words
     */
    public static int raw(IpFamily family) throws IOException {
        return open(family, SOCK_RAW);
    }

    /**
     * Opens a socket for echo requests only. Needs the process's group in {@code net.ipv4.ping_group_range}.
     *
     * @return its descriptor, not blocking
     * @throws IOException
     *             with the system's words
     */
    public static int echo(IpFamily family) throws IOException {
        return open(family, SOCK_DGRAM);
    }

    private static int open(IpFamily family, int type) throws IOException {
        int domain = family == IpFamily.INET ? AF_INET : AF_INET6;
        int protocol = family == IpFamily.INET ? IPPROTO_ICMP : IPPROTO_ICMPV6;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int descriptor = socket(state, domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
            if (descriptor < 0) {
                throw new IOException(ErrorWords.of(state));
            }
            return descriptor;
        }
    }

    @SuppressWarnings("restricted") // the signature is that of socket(2)
    private static int socket(MemorySegment state, int domain, int type, int protocol) {
        ValueLayout.OfInt number = ValueLayout.JAVA_INT;
        Linker linker = Linker.nativeLinker();
        MethodHandle call = linker.downcallHandle(linker.defaultLookup().findOrThrow("socket"),
                FunctionDescriptor.of(number, number, number, number), Linker.Option.captureCallState("errno"));
        try {
            return (int) call.invokeExact(state, domain, type, protocol);
        } catch (Throwable impossible) {
            throw new IllegalStateException("socket(2)", impossible);
        }
    }
}
