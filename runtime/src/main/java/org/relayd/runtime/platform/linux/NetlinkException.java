package org.relayd.runtime.platform.linux;

import java.io.IOException;

/** The kernel refused a netlink message. */
final class NetlinkException extends IOException {
    private static final long serialVersionUID = 1L;
    /** No such rule: errno ENOENT. */
    static final int NO_ENTRY = 2;
    /** No such route: errno ESRCH. */
    static final int NO_SUCH = 3;
    /** What is listed was changed in between: errno EINTR. */
    static final int CHANGED = 4;
    /** There is one already: errno EEXIST. */
    static final int EXISTS = 17;

    private final int error;

    /**
     * Creates the exception.
     *
     * @param error
     *            errno
     * @param message
     *            for the user
     */
    NetlinkException(int error, String message) {
        super(message);
        this.error = error;
    }

    /** Returns the kernel's error number. */
    int error() {
        return error;
    }
}
