package org.relayd.runtime.relay;

/**
 * A relay could not be started; the message names the relay and the reason and is meant for the user. Nothing of the
 * engine is left running.
 */
public final class RelayStartException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with the text for the user. */
    public RelayStartException(String message) {
        super(message);
    }
}
