package org.relayd.runtime.pfe;

import org.relayd.ir.config.Redirect;

/**
 * What relayctl(8) shows of a redirection.
 *
 * @param redirect
 *            the redirection
 * @param state
 *            its state
 * @param connections
 *            connections since the packet filter was opened, as of the last round of checks
 */
public record RedirectView(Redirect redirect, State state, long connections) {

    /** State of a redirection. */
    public enum State {
        /** The hosts of its main table are used. */
        ACTIVE,
        /** The hosts of its backup table are used. */
        BACKUP,
        /** No host is up. */
        DOWN,
        /** It was disabled. */
        DISABLED
    }
}
