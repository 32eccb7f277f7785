package org.relayd.runtime.platform.linux;

import java.io.IOException;
import java.util.Optional;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;

/** The kernel refused a netlink message, or its answer makes no sense. */
final class NetlinkException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Errno> errno;

    /** Creates the exception for what is wrong with an answer. */
    NetlinkException(String message) {
        super(message);
        errno = Optional.empty();
    }

    /**
     * Creates the exception.
     *
     * @param errno
     *            why the kernel refused
     * @param message
     *            for the user
     */
    NetlinkException(Errno errno, String message) {
        super(message);
        this.errno = Optional.of(errno);
    }

    /** Returns whether the kernel refused for that reason. */
    boolean is(ErrorName name) {
        return errno.filter(known -> known.is(name)).isPresent();
    }

    /** Returns why the kernel refused, if it did. */
    Optional<Errno> errno() {
        return errno;
    }
}
