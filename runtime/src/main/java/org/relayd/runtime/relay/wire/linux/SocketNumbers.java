package org.relayd.runtime.relay.wire.linux;

/** Numbers of the Linux socket interface that this package uses; socket(7), tcp(7), ip(7), ipv6(7). */
final class SocketNumbers {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int STREAM = 1;
    static final int NONBLOCK = 0x800;
    static final int CLOEXEC = 0x80000;
    static final int SHUT_WR = 1;
    static final int DONTWAIT = 0x40;
    static final int NOSIGNAL = 0x4000;
    static final int MORE = 0x8000;
    static final int SOL_SOCKET = 1;
    static final int SO_ERROR = 4;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_RCVLOWAT = 18;
    static final int IPPROTO_IP = 0;
    static final int IPPROTO_TCP = 6;
    static final int IPPROTO_IPV6 = 41;
    static final int TCP_NODELAY = 1;
    /** Of level IPPROTO_IP and IPPROTO_IPV6 alike: the destination before translation. */
    static final int SO_ORIGINAL_DST = 80;
    static final int IP_TTL = 2;
    static final int IP_MINTTL = 21;
    static final int IPV6_UNICAST_HOPS = 16;
    static final int IPV6_MINHOPCOUNT = 73;

    /** SPLICE_F_MOVE and SPLICE_F_NONBLOCK. */
    static final int SPLICE_MOVE_NONBLOCK = 3;
    static final int SET_PIPE_SIZE = 1031;

    private SocketNumbers() {}
}
