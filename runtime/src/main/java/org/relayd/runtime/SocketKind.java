package org.relayd.runtime;

import io.netty.channel.epoll.Epoll;

/** What the sockets of the daemon are made of. Asked here and nowhere else; the answer is passed on. */
public enum SocketKind {
    /** Descriptors and epoll, with all socket options of Linux. */
    NATIVE,
    /**
     * Channels and selectors of the JDK, as on systems other than Linux: no addresses of other machines, no hop limits,
     * no ICMP.
     */
    PORTABLE;

    /** Returns what this machine has. The first call loads Netty's native library, which takes a while. */
    public static SocketKind ofThisMachine() {
        return Epoll.isAvailable() ? NATIVE : PORTABLE;
    }
}
