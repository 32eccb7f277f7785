package org.relayd.runtime.parent.service.linux;

import java.io.IOException;
import java.util.Optional;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.door.Listening;
import org.relayd.runtime.parent.door.ListeningStore;
import org.relayd.runtime.parent.service.PassedSockets;
import org.relayd.runtime.system.linux.Descriptors;

/** Takes sockets over that a service manager has opened, or kept. */
public final class Adoption {
    private Adoption() {}

    /**
     * Puts sockets into the store, where relays find them. What no relay can want is closed, and the log says so.
     *
     * @param passed
     *            belong to the store from now on
     */
    public static void of(PassedSockets passed, ListeningStore store, Log log) {
        passed.unread().forEach(log::warn);
        for (int descriptor : passed.descriptors()) {
            adopt(descriptor, store, log);
        }
    }

    private static void adopt(int descriptor, ListeningStore store, Log log) {
        try {
            Optional<Listening> what = PassedSocket.look(descriptor);
            if (what.isPresent()) {
                // Programs that are started must not get it, which only a duplicate is sure of.
                store.adopt(Descriptors.duplicate(descriptor), what.get());
            } else {
                log.warn("descriptor " + descriptor + " was passed and is closed: no socket for clients");
            }
            Descriptors.close(descriptor);
        } catch (IOException refused) {
            log.warn("descriptor " + descriptor + " was passed and cannot be used: " + refused.getMessage());
        }
    }
}
