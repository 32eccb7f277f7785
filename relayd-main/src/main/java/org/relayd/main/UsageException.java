package org.relayd.main;

/** The words of a command line are wrong; the message says which, without the name of the program. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
