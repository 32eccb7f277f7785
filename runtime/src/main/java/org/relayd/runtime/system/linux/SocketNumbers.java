package org.relayd.runtime.system.linux;

/** Numbers of the Linux socket interface that relayd uses; socket(7), tcp(7), ip(7), ipv6(7). */
public final class SocketNumbers {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int STREAM = 1;
    public static final int DGRAM = 2;
    public static final int RAW = 3;
    public static final int SEQPACKET = 5;
    public static final int NONBLOCK = 0x800;
    public static final int CLOEXEC = 0x80000;
    public static final int SHUT_WR = 1;
    public static final int SHUT_RDWR = 2;
    public static final int DONTWAIT = 0x40;
    public static final int NOSIGNAL = 0x4000;
    public static final int MORE = 0x8000;
    public static final int CMSG_CLOEXEC = 0x40000000;
    /** Of what recvmsg(2) returns: there was more beside the octets than room for it. */
    public static final int CTRUNC = 8;
    public static final int SCM_RIGHTS = 1;
    public static final int SOL_SOCKET = 1;
    public static final int SO_REUSEADDR = 2;
    public static final int SO_ERROR = 4;
    public static final int SO_SNDBUF = 7;
    public static final int SO_RCVBUF = 8;
    public static final int SO_LINGER = 13;
    public static final int SO_REUSEPORT = 15;
    public static final int SO_PEERCRED = 17;
    public static final int SO_RCVLOWAT = 18;
    public static final int SO_RCVTIMEO = 20;
    /** Since Linux 6.16; the number of all architectures that Java runs on but SPARC's and PA-RISC's. */
    public static final int SO_PASSRIGHTS = 83;
    public static final int SO_ACCEPTCONN = 30;
    public static final int IPPROTO_IP = 0;
    public static final int IPPROTO_ICMP = 1;
    public static final int IPPROTO_TCP = 6;
    public static final int IPPROTO_IPV6 = 41;
    public static final int IPPROTO_ICMPV6 = 58;
    public static final int TCP_NODELAY = 1;
    public static final int TCP_INFO = 11;
    /** Of level IPPROTO_IP and IPPROTO_IPV6 alike: the destination before translation. */
    public static final int SO_ORIGINAL_DST = 80;
    public static final int IP_TTL = 2;
    public static final int IP_TRANSPARENT = 19;
    public static final int IP_MINTTL = 21;
    public static final int IPV6_UNICAST_HOPS = 16;
    public static final int IPV6_V6ONLY = 26;
    public static final int IPV6_MINHOPCOUNT = 73;
    public static final int IPV6_TRANSPARENT = 75;

    /** SPLICE_F_MOVE and SPLICE_F_NONBLOCK. */
    public static final int SPLICE_MOVE_NONBLOCK = 3;
    public static final int SET_PIPE_SIZE = 1031;
    /** F_SETFL. */
    public static final int SET_FLAGS = 4;
    /** F_DUPFD_CLOEXEC. */
    public static final int DUPLICATE = 1030;

    private SocketNumbers() {}
}
