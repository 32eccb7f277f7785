package org.relayd.runtime.relay.wire.linux;

import org.relayd.runtime.relay.wire.Lingering;

/** What is still wanted of a wire. */
sealed interface Phase {

    /** A connection; nobody but its attempt knows the wire yet. */
    record Connecting(LinuxConnect attempt) implements Phase {}

    /** The session is over: the other end may still read what waits for it, and write. */
    record Lingers(Lingering lingering) implements Phase {}

    /** What the session wants. */
    enum Connected implements Phase {
        /** Everything. */
        OPEN,
        /** Nothing. */
        CLOSED
    }
}
