package org.relayd.runtime.relay.tls;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.RotatingTicketKeys;

/**
 * The ticket keys of all relays, by the session context that their tickets are good for: contexts that follow one
 * another over reloads use the same keys. Any thread.
 */
final class TicketStock {
    private final Map<OctetString, RotatingTicketKeys> keys = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    TicketStock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    RotatingTicketKeys of(OctetString sessionContext) {
        return keys.computeIfAbsent(sessionContext, _ -> new RotatingTicketKeys(nanos));
    }

    /** Renews keys whose time has come. */
    void turn() {
        keys.values().forEach(RotatingTicketKeys::turn);
    }

    /** Wipes the keys that no relay has a use for any more. */
    void retain(Set<OctetString> sessionContexts) {
        keys.entrySet().removeIf(entry -> {
            boolean gone = !sessionContexts.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    int size() {
        return keys.size();
    }
}
