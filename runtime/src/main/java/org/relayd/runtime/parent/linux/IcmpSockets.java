package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

/** Opens ICMP sockets: socket(2), icmp(7). */
public final class IcmpSockets {
    private IcmpSockets() {}

    /**
     * Opens a raw socket. Needs CAP_NET_RAW.
     *
     * @return its descriptor, not blocking
     * @throws IOException
     *             with the system's words
     */
    public static int raw(IpFamily family) throws IOException {
        return open(family, SocketNumbers.RAW);
    }

    /**
     * Opens a socket for echo requests only. Needs the process's group in {@code net.ipv4.ping_group_range}.
     *
     * @return its descriptor, not blocking
     * @throws IOException
     *             with the system's words
     */
    public static int echo(IpFamily family) throws IOException {
        return open(family, SocketNumbers.DGRAM);
    }

    private static int open(IpFamily family, int type) throws IOException {
        int domain = family == IpFamily.INET ? SocketNumbers.AF_INET : SocketNumbers.AF_INET6;
        int protocol = family == IpFamily.INET ? SocketNumbers.IPPROTO_ICMP : SocketNumbers.IPPROTO_ICMPV6;
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = LinuxCalls.socket(arena.allocate(Linker.Option.captureStateLayout()), domain, type,
                    protocol);
            if (descriptor < 0) {
                throw new SystemException(Errno.linux(-descriptor));
            }
            return descriptor;
        }
    }
}
