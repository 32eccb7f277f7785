package org.relayd.runtime.platform;

import java.io.IOException;

/** The kernel, or a library on the way to it, refused. The message names what is missing and is meant for the user. */
public final class KernelException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with the text for the user. */
    public KernelException(String message) {
        super(message);
    }

    /** Creates the exception with the text for the user and what led to it. */
    public KernelException(String message, Throwable cause) {
        super(message, cause);
    }
}
