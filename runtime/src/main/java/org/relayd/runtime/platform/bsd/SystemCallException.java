package org.relayd.runtime.platform.bsd;

import java.io.IOException;

/** The system refused a call. The message is the system's own. */
public final class SystemCallException extends IOException {
    private static final long serialVersionUID = 1L;

    /** There is no such thing: ENOENT of OpenBSD and FreeBSD. */
    static final int NO_ENTRY = 2;
    /** There is no such route or table: ESRCH. */
    static final int NO_SUCH = 3;
    /** It is there already: EEXIST. */
    static final int EXISTS = 17;
    /** The device has no such request, or its argument has another size: ENOTTY. */
    static final int NO_REQUEST = 25;

    private final int error;

    /**
     * Creates the exception.
     *
     * @param error
     *            errno
     * @param message
     *            the system's words
     */
    public SystemCallException(int error, String message) {
        super(message);
        this.error = error;
    }

    /** Returns errno. */
    public int error() {
        return error;
    }
}
