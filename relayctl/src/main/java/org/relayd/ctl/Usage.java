package org.relayd.ctl;

/** The command line is wrong; the message, which may have several lines, is what the user reads on standard error. */
final class Usage extends Exception {
    private static final long serialVersionUID = 1L;

    Usage(String message) {
        super(message);
    }
}
