package org.relayd.runtime.relay.session;

import org.relayd.runtime.relay.wire.Wire;

/** How sessions of a relay begin. */
@FunctionalInterface
public interface Opening {

    /** Makes the first dialogue with a client that was accepted. */
    Dialogue dialogue(Session session, Wire client);
}
