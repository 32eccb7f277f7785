package org.relayd.runtime.system.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/** Addresses between Java and {@code struct sockaddr_in} and {@code sockaddr_in6}; ip(7), ipv6(7). */
public final class SocketAddresses {
    /** Bytes of the larger of the two. */
    public static final int SIZE = 28;
    private static final int INET_SIZE = 16;
    private static final int INET_AT = 4;
    private static final int INET6_AT = 8;
    private static final int SCOPE_AT = 24;
    private static final int INET_BYTES = 4;
    private static final int INET6_BYTES = 16;
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddresses() {}

    /** AF_INET or AF_INET6. */
    public static int family(InetSocketAddress address) {
        return address.getAddress().getAddress().length == INET_BYTES ? SocketNumbers.AF_INET : SocketNumbers.AF_INET6;
    }

    /**
     * Writes an address.
     *
     * @return bytes written
     */
    public static int write(InetSocketAddress address, MemorySegment to) {
        byte[] bytes = address.getAddress().getAddress();
        boolean inet = bytes.length == INET_BYTES;
        to.fill((byte) 0);
        to.set(ValueLayout.JAVA_SHORT, 0, (short) family(address));
        to.set(PORT, Short.BYTES, (short) address.getPort());
        MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, inet ? INET_AT : INET6_AT, bytes.length);
        if (address.getAddress() instanceof Inet6Address scoped) {
            to.set(ValueLayout.JAVA_INT, SCOPE_AT, scoped.getScopeId());
        }
        return inet ? INET_SIZE : SIZE;
    }

    /** Reads an address; an IPv4 address inside IPv6 becomes a plain one. */
    public static InetSocketAddress read(MemorySegment from) {
        boolean inet = from.get(ValueLayout.JAVA_SHORT, 0) == SocketNumbers.AF_INET;
        byte[] bytes = new byte[inet ? INET_BYTES : INET6_BYTES];
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, inet ? INET_AT : INET6_AT, bytes, 0, bytes.length);
        int port = from.get(PORT, Short.BYTES) & 0xffff;
        int scope = inet ? 0 : from.get(ValueLayout.JAVA_INT, SCOPE_AT);
        try {
            InetAddress address = scope == 0 ? InetAddress.getByAddress(bytes)
                    : Inet6Address.getByAddress("", bytes, scope);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException never) {
            throw new IllegalStateException("4 or 16 bytes are an address", never);
        }
    }
}
