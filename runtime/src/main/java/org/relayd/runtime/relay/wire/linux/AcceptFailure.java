package org.relayd.runtime.relay.wire.linux;

import org.relayd.runtime.system.linux.LinuxCalls;

/** Why accept(2) gave no connection. */
enum AcceptFailure {
    /** Nobody waits. */
    NOBODY,
    /**
     * The connection that was next has gone, a rule of the packet filter forbids it, or an error of the network waited
     * on it: accept(2) counts them up. The one after it may be had at once.
     */
    LOST,
    /** The process, the machine or the listener lacks something, and would in the next call: descriptors, memory. */
    LASTING;

    private static final int EPERM = -1;
    private static final int ENONET = -64;
    private static final int EPROTO = -71;
    private static final int ENOPROTOOPT = -92;
    private static final int EOPNOTSUPP = -95;
    private static final int ENETDOWN = -100;
    private static final int ENETUNREACH = -101;
    private static final int ECONNABORTED = -103;
    private static final int ECONNRESET = -104;
    private static final int ETIMEDOUT = -110;
    private static final int EHOSTDOWN = -112;
    private static final int EHOSTUNREACH = -113;

    /**
     * Returns what a failure means.
     *
     * @param answer
     *            the negated errno
     */
    static AcceptFailure of(int answer) {
        return switch (answer) {
            case LinuxCalls.EAGAIN -> NOBODY;
            case LinuxCalls.EINTR, EPERM, ENONET, EPROTO, ENOPROTOOPT, EOPNOTSUPP, ENETDOWN, ENETUNREACH, ECONNABORTED, ECONNRESET, ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH
                    -> LOST;
            default -> LASTING;
        };
    }
}
