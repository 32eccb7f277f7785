package org.relayd.ctl;

import java.io.IOException;

/** The control socket could not be connected; the message is the system's. */
final class ConnectFailure extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectFailure(String message) {
        super(message);
    }
}
