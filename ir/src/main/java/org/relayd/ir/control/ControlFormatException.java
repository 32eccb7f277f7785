package org.relayd.ir.control;

import java.io.IOException;

/** Bytes that are no message of this version of the protocol. */
public final class ControlFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a reason for the user. */
    public ControlFormatException(String reason) {
        super(reason);
    }
}
