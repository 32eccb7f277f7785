package org.relayd.runtime.tls;

import java.util.List;
import java.util.function.Consumer;

/**
 * Keys of session tickets, renewed from time to time and shared by all contexts of a relay, those after a reload too.
 * Any thread.
 */
public interface TicketKeys {

    /**
     * One key.
     *
     * @param name
     *            16 octets by which tickets tell it
     * @param hmac
     *            16 octets that protect tickets
     * @param aes
     *            16 octets that encrypt tickets
     */
    record TicketKey(OctetString name, OctetString hmac, OctetString aes) {

        /** The name only. */
        @Override
        public String toString() {
            return "TicketKey[" + name + "]";
        }
    }

    /** Returns the keys of now: the first one seals new tickets, the others still open old ones. */
    List<TicketKey> keys();

    /** Has somebody told of the keys to come; once for each context. */
    Subscription follow(Consumer<List<TicketKey>> listener);

    /** Ends being told. */
    @FunctionalInterface
    interface Subscription {

        /** Nothing is told any more. */
        void end();
    }
}
