package org.relayd.runtime.system;

import java.io.IOException;

/** The system refused a call. The message is for the user. */
public final class SystemException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Errno errno;

    /** Creates the exception; its message is the system's words. */
    public SystemException(Errno errno) {
        super(errno.words());
        this.errno = errno;
    }

    /**
     * Creates the exception; its message is what was tried and the system's words.
     *
     * @param tried
     *            e.g. {@code cannot become user nobody}
     */
    public SystemException(Errno errno, String tried) {
        super(tried + ": " + errno.words());
        this.errno = errno;
    }

    /** Returns why. */
    public Errno errno() {
        return errno;
    }
}
