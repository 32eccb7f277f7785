package org.relayd.runtime.relay.session;

/** Whoever gave a phase of a session an end of its own. */
@FunctionalInterface
public interface Limit {

    /** The phase has taken too long. */
    void passed();
}
